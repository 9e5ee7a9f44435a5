// The kinds of the record (gateway/model/record.h) in words: for an incident's timeline and for the record itself.
import { words_of } from '../base/words';

// says: kind_*
const w = words_of(
  {
    kind_started: '程序启动', kind_clock_stepped: '时钟被拨动', kind_plan_in_force: '预案生效', kind_directory_imported: '通讯录导入',
    kind_link_up: '链路接通', kind_link_doubted: '链路可疑', kind_link_degraded: '链路部分不通', kind_link_whole: '链路全部恢复', kind_link_trusted: '链路恢复可信',
    kind_link_down: '链路不通', kind_plan_warning_accepted: '接受预案警告', kind_report_accepted: '收到报告', kind_report_repeated: '重复的报告',
    kind_incident_opened: '事件开始', kind_report_joined: '报告并入事件', kind_assessed: '研判', kind_question_asked: '追问', kind_seen: '值班员打开事件',
    kind_level_raised: '升级', kind_level_lowered: '降级', kind_merged: '合并', kind_split: '拆分', kind_stood_down: '终止响应', kind_classified: '分类',
    kind_sum_needs_look: '合计需要查看', kind_attached: '收到照片', kind_call_out_started: '响应启动', kind_call_out_ended: '响应结束',
    kind_step_started: '步骤开始', kind_step_satisfied: '步骤已满足', kind_step_short: '步骤人手不够', kind_step_closed: '步骤结束',
    kind_task_opened: '值班任务开始', kind_task_done: '值班任务办好', kind_task_overdue: '值班任务超时',
    kind_approval_asked: '请求批准', kind_approval_decided: '批准有了结果', kind_approval_refused: '批准被拒（口令或身份不符）', kind_conditions_ticked: '确认终止条件',
    kind_alert_raised: '要通知', kind_not_told: '没有通知', kind_alert_updated: '警报状态改变', kind_handed_over: '交给运营商', kind_accepted: '运营商收下',
    kind_delivered: '已送到', kind_undelivered: '没有送到', kind_send_refused: '被拒收', kind_end_unknown: '不知道是否送到', kind_retry_later: '稍后再发',
    kind_delivery_cancelled: '取消发送', kind_delivery_superseded: '由更新的消息代替', kind_receipt_unknown: '无主的回执', kind_queued: '排队待发', kind_stalled: '停发',
    kind_on_its_way: '正在路上', kind_told_together: '合并发送', kind_composed_anew: '重新写成', kind_moved: '改走另一通道',
    kind_answered: '答复', kind_answer_late: '迟到的答复', kind_reply_looked_at: '文字答复已看', kind_answer_unplaced: '不知答复哪件事', kind_stranger_wrote: '陌生号码来信',
    kind_auto_reply: '自动回复', kind_call_outcome: '登记通话结果', kind_alert_seen: '本人打开了页面', kind_storage_full: '存储已满', kind_storage_back: '存储恢复',
    kind_purged: '到期清除', kind_account_added: '新增账号', kind_account_reset: '账号重置', kind_account_disabled: '账号停用', kind_token_added: '新增令牌',
    kind_token_revoked: '令牌作废', kind_code_asked: '请求验证码', kind_signed_in: '登录', kind_sign_in_failed: '登录失败', kind_signed_out: '退出',
    kind_session_revoked: '会话被终止', kind_access_refused: '访问被拒', kind_list_read: '查看名单', kind_unmasked: '查看完整号码',
    kind_directory_edited: '通讯录修改', kind_directory_undone: '通讯录撤回', kind_person_erased: '人员抹除', kind_feed_renewed: '更换日历地址',
    kind_contact_check_began: '联系方式核对开始', kind_contact_check_paused: '核对暂停', kind_contact_check_resumed: '核对继续',
    kind_contact_check_stopped: '核对停止', kind_contact_check_ended: '核对结束',
    kind_desk_handed_over: '交接班', kind_message_opened: '打开收件', kind_inbox_rung: '收件无人处理，已通知值班员',
  },
  {
    kind_started: 'program started', kind_clock_stepped: 'clock was moved', kind_plan_in_force: 'plan in force', kind_directory_imported: 'directory imported',
    kind_link_up: 'link up', kind_link_doubted: 'link in doubt', kind_link_degraded: 'link partly down', kind_link_whole: 'link whole again', kind_link_trusted: 'link trusted again',
    kind_link_down: 'link down', kind_plan_warning_accepted: 'warning of the plan accepted', kind_report_accepted: 'report received', kind_report_repeated: 'report repeated',
    kind_incident_opened: 'incident began', kind_report_joined: 'report joined', kind_assessed: 'assessed', kind_question_asked: 'question asked', kind_seen: 'opened by the desk',
    kind_level_raised: 'level raised', kind_level_lowered: 'level lowered', kind_merged: 'merged', kind_split: 'split', kind_stood_down: 'stood down', kind_classified: 'classified',
    kind_sum_needs_look: 'sum needs a look', kind_attached: 'photo received', kind_call_out_started: 'response started', kind_call_out_ended: 'response ended',
    kind_step_started: 'step started', kind_step_satisfied: 'step satisfied', kind_step_short: 'too few answered', kind_step_closed: 'step closed',
    kind_task_opened: 'task of the desk opened', kind_task_done: 'task done', kind_task_overdue: 'task overdue',
    kind_approval_asked: 'approval asked', kind_approval_decided: 'approval decided', kind_approval_refused: 'approval refused (code or person)', kind_conditions_ticked: 'conditions ticked',
    kind_alert_raised: 'to be told', kind_not_told: 'not told', kind_alert_updated: 'alert changed', kind_handed_over: 'handed to the carrier', kind_accepted: 'taken by the carrier',
    kind_delivered: 'delivered', kind_undelivered: 'not delivered', kind_send_refused: 'refused', kind_end_unknown: 'end unknown', kind_retry_later: 'tried later',
    kind_delivery_cancelled: 'sending cancelled', kind_delivery_superseded: 'replaced by newer news', kind_receipt_unknown: 'receipt of nothing known', kind_queued: 'queued', kind_stalled: 'stalled',
    kind_on_its_way: 'on its way', kind_told_together: 'sent together', kind_composed_anew: 'written anew', kind_moved: 'moved to another channel',
    kind_answered: 'answered', kind_answer_late: 'late answer', kind_reply_looked_at: 'reply read', kind_answer_unplaced: 'answer to nothing known', kind_stranger_wrote: 'a stranger wrote',
    kind_auto_reply: 'automatic reply', kind_call_outcome: 'outcome of a call', kind_alert_seen: 'page opened by the person', kind_storage_full: 'storage full', kind_storage_back: 'storage back',
    kind_purged: 'deleted as due', kind_account_added: 'account added', kind_account_reset: 'account reset', kind_account_disabled: 'account disabled', kind_token_added: 'token added',
    kind_token_revoked: 'token revoked', kind_code_asked: 'code asked for', kind_signed_in: 'signed in', kind_sign_in_failed: 'sign-in failed', kind_signed_out: 'signed out',
    kind_session_revoked: 'session ended by another', kind_access_refused: 'access refused', kind_list_read: 'list read', kind_unmasked: 'whole numbers read',
    kind_directory_edited: 'directory edited', kind_directory_undone: 'directory change taken back', kind_person_erased: 'person erased', kind_feed_renewed: 'calendar address renewed',
    kind_contact_check_began: 'contact check began', kind_contact_check_paused: 'contact check paused', kind_contact_check_resumed: 'contact check resumed',
    kind_contact_check_stopped: 'contact check stopped', kind_contact_check_ended: 'contact check ended',
    kind_desk_handed_over: 'desk handed over', kind_message_opened: 'message opened', kind_inbox_rung: 'nobody opened a message: desk told',
  },
);

// A kind of a newer daemon is shown as it is named.
export function record_kind(kind: string): string {
  const word = w(`kind_${kind}` as Parameters<typeof w>[0]) as string | undefined;
  return word ?? kind;
}
