-- One impression pixel a GET.
dofile(os.getenv("WRK_SCRIPTS") .. "/ids.lua")
function request()
    return wrk.format("GET", "/v1/i?asid=" .. next_id() .. "&pub=pub-1234&eid=" .. next_id() ..
        "&pl=pl-home-top&crid=crid-98765&cid=cid-555&p=1.25&cur=USD&ts=1795255200123")
end
