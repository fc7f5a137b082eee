-- Asks for the paths of a file (PATHS), each as often as the next, or the first far oftener than the last (ZIPF), and
-- prints one line of numbers that the bench reads.
local paths = {}
for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
local zipf = os.getenv("ZIPF") ~= nil
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

function init() math.randomseed(number * 7919) end

function request()
  local at = zipf and math.floor((#paths) ^ math.random()) or math.random(#paths)
  return wrk.format("GET", paths[at])
end

function done(summary, latency, requests)
  local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout
  print(string.format("RESULT %d %d %d %d %d", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), errors))
end
