-- Ids that no two requests share: a random prefix for the run, then a counter.
local run = nil
local count = 0

local function seed()
    local source = io.open("/dev/urandom", "rb")
    local bytes = source:read(6)
    source:close()
    run = (bytes:gsub(".", function(byte) return string.format("%02x", byte:byte()) end))
end

-- A UUID in form: 8-4-4-4-12.
function next_id()
    if not run then seed() end
    count = count + 1
    return string.format("%08x-0000-4000-8000-%s", count % 0x100000000, run)
end

-- The ten fields that every gateway of the comparison takes.
function next_event()
    return '{"event_name":"impression","event_id":"' .. next_id() .. '","ad_serving_id":"' .. next_id() ..
        '","event_ts":"2026-11-21T10:00:00.123Z","publisher_id":"pub-1234","placement_id":"pl-home-top","crid":"crid-98765",' ..
        '"cid":"cid-555","price_cpm_micros":1250000,"currency":"USD"}'
end
