#include "gateway/engine/work.h"

#include "gateway/engine/response.h"
#include "gateway/engine/steps.h"

namespace tocsin::engine {

bool do_one_slice(Core& core) {
  auto work = core.store.next_work();
  if (!work) return false;
  const bool more = work->kind == ports::WorkKind::kEnterStep ? enter_slice(core, *work) : mail_slice(core, *work);
  if (more) {
    core.store.update_work(*work);
    return true;
  }
  core.mailing.erase(work->id);
  core.store.delete_work(work->id);
  return core.store.next_work().has_value();
}

}  // namespace tocsin::engine
