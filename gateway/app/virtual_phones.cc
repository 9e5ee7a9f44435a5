#include "gateway/app/virtual_phones.h"

#include <algorithm>

namespace tocsin::app {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMostTexts = 100;
constexpr base::Duration kFarthest = 1h;
constexpr base::Duration kStep = 5s;

}  // namespace

void VirtualPhones::set_scene(Daemon& daemon, console::Console& console) {
  {
    const std::lock_guard lock(mutex_);
    daemon_ = &daemon;
    console_ = &console;
  }
  console.watch(
      [this](std::string_view number, std::string_view text, bool from_phone) { shown(number, text, from_phone); });
}

void VirtualPhones::shown(std::string_view number, std::string_view text, bool from_phone) {
  const std::lock_guard lock(mutex_);
  auto& phone = phones_[std::string(number)];
  phone.number = number;
  phone.texts.push_back({++texts_, clock_.utc_now(), from_phone, std::string(text)});
  if (phone.texts.size() > kMostTexts) phone.texts.erase(phone.texts.begin());
}

std::vector<ports::StagePhone> VirtualPhones::phones() const {
  std::vector<ports::StagePhone> all;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [number, phone] : phones_) all.push_back(phone);
  }
  std::sort(all.begin(), all.end(),
            [](const auto& a, const auto& b) { return a.texts.back().number > b.texts.back().number; });
  return all;
}

std::int64_t VirtualPhones::texts() const {
  const std::lock_guard lock(mutex_);
  return texts_;
}

bool VirtualPhones::phone_texts(std::string_view number, std::string_view text) {
  console::Console* console = nullptr;
  {
    const std::lock_guard lock(mutex_);
    console = console_;
  }
  return console != nullptr && console->phone_texts(number, text);
}

// In steps, so that what falls due in between does so in its order.
void VirtualPhones::pass(base::Duration by) {
  Daemon* daemon = nullptr;
  {
    const std::lock_guard lock(mutex_);
    daemon = daemon_;
  }
  if (daemon == nullptr) return;
  const std::lock_guard lock(passing_);
  const auto end = clock_.utc_now() + std::min(by, kFarthest);
  while (clock_.utc_now() < end) {
    clock_.move(std::min<base::Duration>(kStep, std::max<base::Duration>(end - clock_.utc_now(), 1ms)));
    daemon->office().submit(model::TimerDue{}).wait();
  }
}

}  // namespace tocsin::app
