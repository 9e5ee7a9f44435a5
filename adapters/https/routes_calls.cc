#include <algorithm>
#include <array>

#include "adapters/https/handlers.h"
#include "adapters/https/json_in.h"

namespace tocsin::https {
namespace {

using model::CallOutcome;

constexpr std::array<std::pair<std::string_view, CallOutcome>, 6> kOutcomes{{
    {"received", CallOutcome::kReceived},
    {"coming", CallOutcome::kComing},
    {"arrived", CallOutcome::kArrived},
    {"cannot", CallOutcome::kCannot},
    {"no_answer", CallOutcome::kNoAnswer},
    {"wrong_number", CallOutcome::kWrongNumber},
}};

}  // namespace

base::Result<HttpResponse> get_call_sheet(const Call& call) {
  const auto lines = call.door.queries().call_sheet(kMaxLines);
  if (!lines.ok()) return lines.error();
  const auto roster = call.door.roster();
  return json_response(200, call_sheet_json(*lines, viewer(call, *roster)));
}

base::Result<HttpResponse> post_outcome(const Call& call) {
  const auto line = id_argument(call);
  if (!line.ok()) return line.error();
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  std::vector<std::string> words;
  for (const auto& outcome : kOutcomes) words.emplace_back(outcome.first);
  Fields fields(*object);
  const std::string word = fields.word("outcome", words, true);
  const std::string note = fields.text("note", {.max_characters = 500});
  if (auto status = fields.finish(); !status.ok()) return status.error();

  const auto outcome = std::find_if(kOutcomes.begin(), kOutcomes.end(), [&](const auto& o) { return o.first == word; });
  const auto done =
      run(call, model::RecordCall{call.by, model::DeliveryId{*line}, outcome->second, note, expected(call)});
  if (!done.ok()) return done.error();
  return json_response(200, outcome_json(model::DeliveryId{*line}, word));
}

base::Result<HttpResponse> get_tasks(const Call& call) {
  const auto tasks = call.door.queries().open_tasks(kMaxLines);
  if (!tasks.ok()) return tasks.error();
  return json_response(200, tasks_json(*tasks));
}

base::Result<HttpResponse> post_task_done(const Call& call) {
  const auto task = id_argument(call);
  if (!task.ok()) return task.error();
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  const std::string note = fields.text("note", {.max_characters = 500});
  if (auto status = fields.finish(); !status.ok()) return status.error();
  const auto done = run(call, model::CompleteTask{call.by, model::TaskId{*task}, note, expected(call)});
  if (!done.ok()) return done.error();
  return json_response(200, task_done_json(model::TaskId{*task}));
}

}  // namespace tocsin::https
