-- A hundred events a POST. Building them costs the client more than the server, so each thread makes 200 bodies once and
-- sends them in turn: ids repeat after that, which no gateway of the comparison minds.
dofile(os.getenv("WRK_SCRIPTS") .. "/ids.lua")
local headers = { ["Content-Type"] = "application/json" }
local bodies, turn = {}, 0
function init()
    for i = 1, 200 do
        local events = {}
        for k = 1, 100 do events[k] = next_event() end
        bodies[i] = wrk.format("POST", "/v1/events", headers, "[" .. table.concat(events, ",") .. "]")
    end
end
function request()
    turn = turn % #bodies + 1
    return bodies[turn]
end
