#include "gateway/model/meaning.h"

#include <algorithm>
#include <iterator>

#include "gateway/model/alert.h"

namespace tocsin::model {
namespace {

struct Row {
  Meaning meaning;
  std::string_view name, en, zh;
};

constexpr Row kRows[] = {
    {Meaning::kNone, "none", "", ""},
    {Meaning::kTaken, "taken", "the carrier took it; it has not said that it arrived", "运营商已接收，尚未确认送达"},
    {Meaning::kOnItsWay, "on_its_way", "on its way in the carrier's network", "在运营商网络中，尚未送达"},
    {Meaning::kWaitsForPhone, "waits_for_phone", "the carrier keeps it until the phone can be reached",
     "手机暂时联系不上，运营商代为保存"},
    {Meaning::kArrived, "arrived", "the carrier confirmed that the phone has it", "运营商确认手机已收到"},
    {Meaning::kNotArrived, "not_arrived", "the carrier could not deliver it", "运营商未能送达"},
    {Meaning::kExpired, "expired", "the phone was not reached while the message was good", "有效期内联系不上手机"},
    {Meaning::kDeleted, "deleted", "it was deleted in the carrier's network", "在运营商网络中被删除"},
    {Meaning::kRejected, "rejected", "the carrier or the phone rejected it", "被运营商或手机拒收"},
    {Meaning::kLostSight, "lost_sight", "the carrier itself does not know what became of it", "运营商也不知其下落"},
    {Meaning::kNoSuchPhone, "no_such_phone", "no such number, or it is out of service", "空号或已停机"},
    {Meaning::kBlocked, "blocked", "this number is blocked, or wants no such messages", "该号码被屏蔽或已退订"},
    {Meaning::kTooFast, "too_fast", "too fast for the carrier: it asks for a pause", "发送过快，运营商要求稍候"},
    {Meaning::kCarrierFull, "carrier_full", "the carrier's queue is full", "运营商队列已满"},
    {Meaning::kCarrierTrouble, "carrier_trouble", "the carrier has trouble of its own for now", "运营商系统暂时故障"},
    {Meaning::kNotConnected, "not_connected", "not, or not rightly, connected to the carrier", "与运营商未正常连接"},
    {Meaning::kTooManyToOne, "too_many_to_one", "more to this number than the carrier allows in a time",
     "对同一号码发送过于频繁"},
    {Meaning::kNoSignal, "no_signal", "the modem has no network", "短信猫无信号"},
    {Meaning::kGivenBack, "given_back", "the link stopped before it was sent", "线路在发出前停止"},
    {Meaning::kBadNumber, "bad_number", "not a number that can be sent to", "号码无效"},
    {Meaning::kBadSender, "bad_sender", "the carrier does not accept our sender's address",
     "运营商不接受我方的发送号码"},
    {Meaning::kBadText, "bad_text", "the carrier does not accept this text", "运营商不接受此内容"},
    {Meaning::kBadRequest, "bad_request", "the carrier does not accept the way we asked", "运营商不接受请求的格式"},
    {Meaning::kNotAllowed, "not_allowed", "the account may not do this: login, rights or service",
     "账户无权：登录、权限或业务"},
    {Meaning::kNoCredit, "no_credit", "the account has no money left", "账户余额不足"},
    {Meaning::kTemplateUnknown, "template_unknown", "the template is not registered or not reviewed",
     "模板未登记或未通过审核"},
    {Meaning::kCannotCarry, "cannot_carry", "the link cannot carry this text", "线路无法承载此内容"},
    {Meaning::kSimRefused, "sim_refused", "the SIM or its PIN was refused", "SIM卡或其PIN码不可用"},
    {Meaning::kTooManyTries, "too_many_tries", "tried as often as allowed", "已达重试上限"},
    {Meaning::kLinkLost, "link_lost", "the connection was lost before the carrier answered: it may have left",
     "运营商答复前连接中断，可能已发出"},
    {Meaning::kNoResponse, "no_response", "the carrier did not answer in time: it may have left",
     "运营商未按时答复，可能已发出"},
    {Meaning::kReceiptOverdue, "receipt_overdue", "taken by the carrier, but never confirmed in time",
     "运营商已接收，但逾时未确认送达"},
    {Meaning::kUnclear, "unclear", "the carrier's answer does not say whether it took it",
     "运营商的答复未说明是否接收"},
    {Meaning::kOther, "other", "a code of this carrier's own", "该运营商自定的代码"},
    {Meaning::kPurged, "purged", "the number was forgotten before it could be sent", "号码在发出前已按期清除"},
    {Meaning::kNoAnswer, "no_answer", "phoned: nobody answered", "电话无人接听"},
    {Meaning::kWrongNumber, "wrong_number", "phoned: somebody else answered", "电话接听的不是本人"},
};

const Row& row_of(Meaning meaning) {
  const auto* it =
      std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& row) { return row.meaning == meaning; });
  return it == std::end(kRows) ? kRows[0] : *it;
}

}  // namespace

std::string_view name_of(Meaning meaning) {
  return row_of(meaning).name;
}

Meaning meaning_of(const Delivery& delivery) {
  if (delivery.meaning != Meaning::kNone || !is_carried(delivery.channel)) return delivery.meaning;
  switch (delivery.state) {
    case DeliveryState::kAccepted: return delivery.on_its_way_at ? Meaning::kOnItsWay : Meaning::kTaken;
    case DeliveryState::kDelivered: return Meaning::kArrived;
    case DeliveryState::kUndelivered: return Meaning::kNotArrived;
    case DeliveryState::kUnknown: return Meaning::kUnclear;
    default: return Meaning::kNone;
  }
}

base::Said in_words(Meaning meaning) {
  const auto& row = row_of(meaning);
  return {std::string(row.en), std::string(row.zh)};
}

}  // namespace tocsin::model
