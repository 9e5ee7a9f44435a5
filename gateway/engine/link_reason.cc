#include "gateway/engine/link_reason.h"

#include <array>
#include <string>
#include <utility>

namespace tocsin::engine {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr auto kDoing = std::to_array<Pair>({{"bind refused: ", "登录被短信中心拒绝："},
                                             {"connect: ", "连接："},
                                             {"host name: ", "查找主机："},
                                             {"read: ", "接收："},
                                             {"tls: ", "TLS："},
                                             {"write: ", "发送："}});

// What adapters say, and what the system says of connections (strerror, Asio's resolver).
constexpr auto kHappened = std::to_array<Pair>({{"closed by the centre", "短信中心断开了连接"},
                                                {"enquire_link unanswered", "短信中心没有应答"},
                                                {"impossible command_length", "短信中心发来的数据有误"},
                                                {"internal error", "程序内部错误"},
                                                {"no answer", "没有应答"},
                                                {"stopped", "已停止"},
                                                {"the certificate has expired", "证书已过期"},
                                                {"unbound by the centre", "短信中心解除了连接"},
                                                {"Broken pipe", "连接已断开"},
                                                {"Connection refused", "连接被拒绝"},
                                                {"Connection reset by peer", "对方断开了连接"},
                                                {"Connection timed out", "连接超时"},
                                                {"End of file", "对方断开了连接"},
                                                {"Host not found (authoritative)", "找不到这台主机"},
                                                {"Network is unreachable", "网络不通"},
                                                {"No route to host", "无法到达这台主机"}});

}  // namespace

base::Said reason_in_words(std::string_view reason) {
  std::string zh;
  std::string_view rest = reason;
  for (const auto& [en, words] : kDoing) {
    if (!rest.starts_with(en)) continue;
    zh = words;
    rest.remove_prefix(en.size());
    break;
  }
  for (const auto& [en, words] : kHappened) {
    if (rest == en) rest = words;
  }
  return {std::string(reason), zh + std::string(rest)};
}

}  // namespace tocsin::engine
