// Words of the daemon's closed lists (gateway/model/names.cc): what a desk reads instead of "end_unknown".
import { words_of } from '../base/words';

// says: answer_* says: state_* says: reason_* says: delivery_* says: channel_* says: step_* says: approval_*
// says: link_* says: via_* says: outcome_*
const w = words_of(
  {
    answer_none: '未答复', answer_received: '收到', answer_coming: '前来', answer_arrived: '已到达', answer_cannot: '不能来',
    answer_replied: '用文字答复', answer_decision: '批准', outcome_no_answer: '没人接', outcome_wrong_number: '号码不对',
    state_telling: '正在通知', state_told: '已通知', state_answered: '已答复', state_exhausted: '联系不上', state_withdrawn: '已撤回',
    reason_none: '—', reason_first_rung: '第一次通知', reason_no_answer: '没有答复', reason_only_received: '只答了"收到"',
    reason_cannot_come: '不能来', reason_refused: '运营商拒收', reason_undelivered: '没有送到', reason_end_unknown: '不知道是否送到',
    reason_link_stalled: '通道不通', reason_no_contact_point: '没有可用的联系方式', reason_no_link: '没有这种通道', reason_no_deputy: '没有副职代替',
    reason_repeat: '再来一轮', reason_awaiting_hand_over: '等待发出', reason_awaiting_answer: '等待答复',
    reason_paused_by_received: '答了"收到"，稍候再催', reason_paused_by_question: '对方有话，等值班员看', reason_settled: '已了结',
    reason_ladder_ended: '各种办法都试过了', reason_stand_down: '响应已终止', reason_raised: '级别升高', reason_merged: '事件已合并',
    reason_already_told: '已用另一身份通知', reason_on_leave: '请假', reason_post_empty: '职务空缺', reason_not_agreed: '本人没有同意被呼叫',
    reason_stands_in: '由代替的人接', reason_caller_busy: '打过电话，没人接或接错', reason_reached_meanwhile: '其间已联系上',
    reason_newer_news: '有更新的消息要发', reason_one_update_a_minute: '一分钟只发一次更新', reason_probe: '通道试发',
    reason_not_at_night: '夜间不打扰，先用别的', reason_only_one_at_night: '夜间只剩这一个', reason_contact_check: '联系方式核对',
    delivery_queued: '等待发出', delivery_claimed: '正在发出', delivery_accepted: '运营商已收下，还没有证实送到', delivery_delivered: '已送到手机',
    delivery_undelivered: '没有送到', delivery_refused: '被拒收', delivery_unknown: '不知道是否送到', delivery_cancelled: '已取消',
    delivery_superseded: '由更新的消息代替', delivery_by_hand: '在呼叫单上，还没有办', delivery_done_by_hand: '已办',
    channel_console: '控制台', channel_sms: '短信', channel_voice: '语音电话', channel_email: '邮件', channel_webhook: '群消息',
    channel_push: '推送', channel_desk_call: '值班员打电话', channel_deputy: '找副职', channel_knock: '上门',
    step_waiting: '等待开始', step_entering: '正在通知', step_running: '进行中', step_satisfied: '已满足', step_short: '人手不够', step_closed: '已结束',
    approval_pending: '等待批准', approval_approved: '已批准', approval_declined: '未批准', approval_started_by_default: '到时无人决定，已自动启动',
    approval_left_by_default: '到时无人决定，没有启动', approval_moot: '已不需要批准',
    link_up: '正常', link_down: '不通', link_doubtful: '可疑', link_starting: '正在连接',
    via_api: '应用', via_web: '网页', via_sms: '短信', via_desk: '值班员', via_cap: '预警平台',
  },
  {
    answer_none: 'no answer', answer_received: 'received', answer_coming: 'coming', answer_arrived: 'arrived', answer_cannot: 'cannot come',
    answer_replied: 'replied in words', answer_decision: 'a decision', outcome_no_answer: 'no answer', outcome_wrong_number: 'wrong number',
    state_telling: 'being told', state_told: 'told', state_answered: 'answered', state_exhausted: 'could not be reached', state_withdrawn: 'withdrawn',
    reason_none: '—', reason_first_rung: 'first try', reason_no_answer: 'no answer', reason_only_received: 'only "received"',
    reason_cannot_come: 'cannot come', reason_refused: 'refused by the carrier', reason_undelivered: 'not delivered', reason_end_unknown: 'nobody knows whether it arrived',
    reason_link_stalled: 'the channel is down', reason_no_contact_point: 'nothing to reach them by', reason_no_link: 'no such channel here', reason_no_deputy: 'no deputy',
    reason_repeat: 'another round', reason_awaiting_hand_over: 'waits to be sent', reason_awaiting_answer: 'waits for an answer',
    reason_paused_by_received: '"received": asked again later', reason_paused_by_question: 'wrote something: the desk must look', reason_settled: 'settled',
    reason_ladder_ended: 'everything was tried', reason_stand_down: 'stood down', reason_raised: 'the level rose', reason_merged: 'incident merged',
    reason_already_told: 'told in another office', reason_on_leave: 'on leave', reason_post_empty: 'nobody in this post', reason_not_agreed: 'never agreed to be called',
    reason_stands_in: 'somebody stands in', reason_caller_busy: 'phoned: nobody, or somebody else', reason_reached_meanwhile: 'reached meanwhile',
    reason_newer_news: 'newer news waits', reason_one_update_a_minute: 'one update a minute', reason_probe: 'test of the channel',
    reason_not_at_night: 'rests at night', reason_only_one_at_night: 'the only one left at night', reason_contact_check: 'contact check',
    delivery_queued: 'waits to be sent', delivery_claimed: 'being sent', delivery_accepted: 'the carrier has it; not confirmed', delivery_delivered: 'delivered to the phone',
    delivery_undelivered: 'not delivered', delivery_refused: 'refused', delivery_unknown: 'nobody knows whether it arrived', delivery_cancelled: 'cancelled',
    delivery_superseded: 'replaced by newer news', delivery_by_hand: 'on the call sheet, not done yet', delivery_done_by_hand: 'done',
    channel_console: 'console', channel_sms: 'SMS', channel_voice: 'voice call', channel_email: 'mail', channel_webhook: 'group message',
    channel_push: 'push', channel_desk_call: 'call by the desk', channel_deputy: 'deputy', channel_knock: 'knock at the door',
    step_waiting: 'waits', step_entering: 'telling', step_running: 'running', step_satisfied: 'satisfied', step_short: 'too few', step_closed: 'closed',
    approval_pending: 'waits for approval', approval_approved: 'approved', approval_declined: 'declined', approval_started_by_default: 'nobody decided: started by itself',
    approval_left_by_default: 'nobody decided: not started', approval_moot: 'needed no more',
    link_up: 'up', link_down: 'down', link_doubtful: 'doubtful', link_starting: 'starting',
    via_api: 'app', via_web: 'web', via_sms: 'SMS', via_desk: 'desk', via_cap: 'warnings feed',
  },
);

type Key = Parameters<typeof w>[0];

// A word this list does not know is shown as it came: a newer daemon may have one more.
const said = (list: string, name: string): string => {
  const word = w(`${list}_${name}` as Key) as string | undefined;
  return word ?? name;
};

export const answer_word = (name: string | null): string => said('answer', name ?? 'none');
export const alert_word = (name: string): string => said('state', name);
// What came of a call, by its word; the record has it by its number.
export const outcome_word = (name: string): string =>
  name === 'no_answer' || name === 'wrong_number' ? said('outcome', name) : answer_word(name);
export const kOutcomes = ['received', 'coming', 'arrived', 'cannot', 'no_answer', 'wrong_number'] as const;
export const reason_word = (name: string): string => said('reason', name);
// What people do has no carrier: "taken" means that it stands on the call sheet.
export function delivery_word(channel: string, state: string): string {
  if (channel !== 'desk_call' && channel !== 'knock') return said('delivery', state);
  if (state === 'delivered') return said('delivery', 'done_by_hand');
  return state === 'queued' || state === 'claimed' || state === 'accepted' ? said('delivery', 'by_hand') : said('delivery', state);
}
export const channel_word = (name: string): string => said('channel', name);
export const step_word = (name: string): string => said('step', name);
export const approval_word = (name: string): string => said('approval', name);
export const link_word = (name: string): string => said('link', name);
export const via_word = (name: string): string => said('via', name);
