// Words of the desk: its frame, its board, its sound, its keys.
import { words_of } from '../base/words';

export const t = words_of(
  {
    board: '事件', calls: '呼叫单', phoned: '电话报告', inbox: '来信', tasks: '任务', map: '地图', handover: '交接班', links: '通道',
    danger: '注意', sound_blocked: '声音没有打开：有事时本机不会响。点一下打开声音',
    sound_on: '打开声音', sound_test: '试声音', sound_ready: '声音已打开',
    silent_server: '服务器已 {seconds} 秒没有应答，页面上的内容可能不是最新的',
    since: '自 {time}',
    on_duty: '值班', nobody: '无人', duty_desk: '值班室', duty_leader: '带班领导', role_heads: '属地负责人', role_workers: '网格员',
    no_incidents: '现在没有未结束的事件。', no_incidents_more: '有新报告时这里会出现，并会响铃。',
    waits_for_server: '正在等服务器应答…',
    not_opened: '还没有人打开', open_it: '打开',
    unclassified: '未分类', no_level: '未定级',
    needs_look: '合计可能升级，请看', replied: '{n} 人用文字答复，请看',
    people: '共 {n} 人', one_person: '共 1 人', coming: '前来 {n}', arrived: '到达 {n}', cannot: '不能来 {n}', unanswered: '未答复 {n}', not_yet: '还没通知到 {n}', exhausted: '联系不上 {n}（各种办法都试过）',
    tasks_open: '任务 {n}', next_due: '下一时限',
    due_open: '打开事件', due_approval: '等待批准', due_task: '值班任务', due_step: '答复期限',
    awaits_approval: '等待批准', opened_ago: '{ago}开始',
    n_open: '未结束 {n}', n_unopened: '未打开 {n}', n_unanswered: '未答复 {n}', letters: '{n} 条来信还没人打开', one_letter: '1 条来信还没人打开',
    colon: '：', comma: '、',
    help: '键盘操作', key_go: '先按 g，再按字母，换页面：', key_list: 'j / k 在列表中上下移动，回车打开',
    key_calls: '呼叫单：1–6 登记结果，n 写备注，→ 下一个，← 上一个', key_send: 'Ctrl+回车 发送表单', key_help: '? 打开本页，Esc 关闭',
    changed: '有人刚改过，这里已重新读取，请再看一遍。', done: '已办好', area_unknown: '地点不清楚',
    reading_failed: '读不到，稍后会再试。', auditor: '您的账号只能查看。', signed_out: '已退出登录：本机现在不会响，请重新登录。',
  },
  {
    board: 'Incidents', calls: 'Call sheet', phoned: 'Phoned in', inbox: 'Inbox', tasks: 'Tasks', map: 'Map', handover: 'Handover', links: 'Channels',
    danger: 'Attention', sound_blocked: 'The sound is blocked: this desk will not ring. Tap to turn it on',
    sound_on: 'Turn the sound on', sound_test: 'Test the sound', sound_ready: 'The sound is on',
    silent_server: 'No answer from the server for {seconds} s: what is shown may be old',
    since: 'since {time}',
    on_duty: 'On duty', nobody: 'nobody', duty_desk: 'the desk', duty_leader: 'leader on duty', role_heads: 'heads of the area', role_workers: 'workers of the area',
    no_incidents: 'No incident is open.', no_incidents_more: 'A new report appears here and rings.',
    waits_for_server: 'Waiting for the server…',
    not_opened: 'Nobody has opened it', open_it: 'Open',
    unclassified: 'Unclassified', no_level: 'no level',
    needs_look: 'The sum may raise the level: have a look', replied: '{n} replied in words: have a look',
    people: '{n} people', one_person: '1 person', coming: '{n} coming', arrived: '{n} arrived', cannot: '{n} cannot come', unanswered: '{n} unanswered', not_yet: '{n} not told yet', exhausted: '{n} could not be reached, every way was tried',
    tasks_open: 'tasks: {n}', next_due: 'Next deadline',
    due_open: 'open the incident', due_approval: 'approval', due_task: 'task of the desk', due_step: 'answers',
    awaits_approval: 'Waits for approval', opened_ago: 'began {ago}',
    n_open: '{n} open', n_unopened: '{n} not opened', n_unanswered: '{n} unanswered', letters: '{n} messages nobody has opened', one_letter: '1 message nobody has opened',
    colon: ': ', comma: ', ',
    help: 'Keyboard', key_go: 'Press g, then a letter, for a page:', key_list: 'j / k move through a list, Enter opens',
    key_calls: 'Call sheet: 1–6 note the outcome, n writes a note, → next, ← previous', key_send: 'Ctrl+Enter sends a form', key_help: '? opens this, Esc closes it',
    changed: 'Somebody changed it just now. It was read again: look once more.', done: 'Done', area_unknown: 'place unknown',
    reading_failed: 'It could not be read; it is tried again.', auditor: 'Your account may only read.', signed_out: 'Signed out: this desk does not ring now. Sign in again.',
  },
);

// "1 person", "12 people".
export const people_text = (n: number): string => (n === 1 ? t('one_person') : t('people', { n }));
