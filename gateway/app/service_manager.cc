#include "gateway/app/service_manager.h"

#include <systemd/sd-daemon.h>
#include <time.h>

#include "gateway/base/text.h"

namespace tocsin::app {

ServiceManager::ServiceManager() {
  std::uint64_t interval = 0;
  if (sd_watchdog_enabled(0, &interval) > 0) every_ = base::Duration(static_cast<std::int64_t>(interval / 3));
}

void ServiceManager::ready(const std::string& status) const {
  (void)sd_notify(0, ("READY=1\nSTATUS=" + base::without_controls(status)).c_str());
}

void ServiceManager::reloading() const {
  // The manager compares this with its own CLOCK_MONOTONIC (sd_notify(3), RELOADING).
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  const auto micros = static_cast<std::int64_t>(now.tv_sec) * 1000000 + now.tv_nsec / 1000;
  (void)sd_notify(0, ("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(micros) + "\nSTATUS=reloading").c_str());
}

void ServiceManager::stopping() const {
  (void)sd_notify(0, "STOPPING=1\nSTATUS=stopping: links finish what is on its way");
}

void ServiceManager::heartbeat(base::SteadyTime now) {
  if (every_ == base::Duration{} || (fed_ && now - last_ < every_)) return;
  fed_ = true;
  last_ = now;
  (void)sd_notify(0, "WATCHDOG=1");
}

}  // namespace tocsin::app
