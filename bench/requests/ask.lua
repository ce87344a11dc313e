-- Asks one request after the other, round and round, beginning at a given one; says at the end what became of them.
-- The first argument is a file that says what to ask, the second with which to begin (from 0).

local asked, number
local threads = {}

function setup(thread)
  threads[#threads + 1] = thread
end

function init(args)
  asked = dofile(args[1])
  number = tonumber(args[2])
end

function request()
  local who, path = asked.who[number % #asked.who + 1], asked.path[number % #asked.path + 1]
  number = number + 1
  return wrk.format(asked.method, path, who, asked.body)
end

function done(summary, latency)
  local wrong = summary.errors
  io.write(string.format("found %d %d %d %d %.0f %.0f\n", summary.requests, summary.duration,
    wrong.connect + wrong.read + wrong.write + wrong.timeout, wrong.status, latency:percentile(50), latency:percentile(95)))
end
