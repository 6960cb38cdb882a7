-- One event a POST.
dofile(os.getenv("WRK_SCRIPTS") .. "/ids.lua")
local headers = { ["Content-Type"] = "application/json" }
function request() return wrk.format("POST", "/v1/events", headers, next_event()) end
