// Words of the desk's work: phoning, writing down, the inbox, handing over, links, the map.
import { words_of } from '../base/words';

export const k = words_of(
  {
    nobody_to_call: '现在没有人要打电话。', waiting_calls: '还要打 {n} 个', call_now: '现在打给', knock_now: '现在请人上门找', script: '照这样说',
    scan: '用手机扫码拨打 {number}', extension: '分机 {extension}', landline: '座机', mobile: '手机', no_number: '没有电话号码', door: '住处 / 办公处：{door}',
    outcome: '结果', note: '备注（可不填）', no_answer: '没人接', wrong_number: '号码不对',
    taken: '这一行刚被另一位值班员处理了，已换到下一个。', noted: '已登记：{name} {outcome}', since: '{ago}开始等', list: '全部',
    incidents: '事件', masked: '您只能看到部分号码。',
    phoned_title: '电话报告', phoned_hint: '替来电人写下看到的情况。不记来电人的姓名和号码。', kind: '灾种', choose_kind: '请选择', not_sure: '说不清，先报上来',
    said: '对方说的（照原话，不写姓名和号码）', when: '什么时候发生的（不填即现在）', drill: '这是演练', send: '上报（Ctrl+回车）', sending: '正在上报…', send_more: '补充上报（Ctrl+回车）',
    not_sent: '还没有上报成功，内容还在，请再按一次。不会重复。', received: '已收到：事件 {code}', joined: '并入已有的事件 {code}', level_now: '级别', ask_caller: '请接着问来电人',
    another: '再写一份', go_incident: '打开事件 {code}', removed: '文字里的号码已隐去。', answered_question: '已补充',
    inbox_empty: '没有来信。', inbox_hint: '陌生号码的来信不会自动变成报告，值班员接收后才算。72 小时后删除。', opened: '{time} 已打开，等待处理', open_by: '离打开时限', message_of: '{time} 来信',
    unclassified_title: '看不懂的报告', classify_it: '打开并分类', strangers_title: '陌生号码的来信', taken_as: '已接收为事件 {code}',
    from_number: '来自', from_person: '来自 {name}', call_back: '回电', take: '接收为报告', take_title: '接收来信', corrections: '回电问清后在这里更正；不填的从来信文字中读取', read_from_text: '从文字中读取',
    open_message: '打开', left_out: '另有 {n} 条因来信太多未保存。', inbox_denied: '您的账号不能看来信。', sorted: '已处理的',
    tasks_title: '值班任务', tasks_hint: '未结束的全部任务，先到期的在前。',
    print: '打印', open_incidents: '未结束的事件', dead_links: '不通的链路', all_links_up: '链路都正常。', unanswered: '未答复', next_due: '下一时限',
    call_lines: '呼叫单上还有 {n} 人', inbox_waiting: '来信待处理 {n}', hand_over: '交班', taken_over_by: '接班人姓名', handover_note: '留言（可不填）', handed_over: '已交给 {name}', do_hand_over: '交班',
    history: '以前的交接', note_left: '留言', still_waiting: '还没做完的', last: '上一次：{time} 交给 {name}', nothing_yet: '还没有交接记录。', at: '时间', from: '交班', to: '接班', signature: '签名', sheet_of: '交接单 {time}', dangers: '需要注意', none: '没有',
   
    links_title: '链路', link: '链路', state: '状态', waiting: '等待发出', sent_1h: '一小时内发出', last_receipt: '最近回执', why: '原因', no_links: '没有链路。',
    map_title: '地图', map_label: '各区域和未结束的事件', not_on_map: '地图上没有位置的事件',
  },
  {
    nobody_to_call: 'Nobody has to be phoned now.', waiting_calls: '{n} still to be called', call_now: 'Call now', knock_now: 'Send somebody to the door of', script: 'Say this',
    scan: 'Scan with a phone to dial {number}', extension: 'ext. {extension}', landline: 'landline', mobile: 'mobile', no_number: 'no phone number', door: 'Address: {door}',
    outcome: 'Outcome', note: 'Note (may stay empty)', no_answer: 'no answer', wrong_number: 'wrong number',
    taken: 'Another desk has just dealt with this line; here is the next one.', noted: 'Noted: {name} {outcome}', since: 'put on the list {ago}', list: 'Everybody to call',
    incidents: 'Incidents', masked: 'You see numbers in part only.',
    phoned_title: 'Phoned in', phoned_hint: 'Write down what the caller sees. No name and no number of the caller.', kind: 'What happened', choose_kind: 'Choose', not_sure: 'Not clear: report it all the same',
    said: 'What was said (in those words; no names, no numbers)', when: 'When it happened (empty: just now)', drill: 'This is a drill', send: 'Send (Ctrl+Enter)', sending: 'Sending…', send_more: 'Send this too (Ctrl+Enter)',
    not_sent: 'It is not through yet. It is kept here: press again. It will not be sent twice.', received: 'Received as incident {code}', joined: 'Joined to incident {code}', level_now: 'Level', ask_caller: 'Ask the caller this too',
    another: 'Write another one', go_incident: 'Open incident {code}', removed: 'A number in the words was taken out.', answered_question: 'added',
    inbox_empty: 'The inbox is empty.', inbox_hint: 'What strangers write becomes a report only when the desk takes it. It is deleted after 72 hours.', opened: 'opened {time}, waits', open_by: 'open within', message_of: 'Message of {time}',
    unclassified_title: 'Reports that nothing understood', classify_it: 'Open and classify', strangers_title: 'Messages from unknown numbers', taken_as: 'taken as incident {code}',
    from_number: 'From', from_person: 'From {name}', call_back: 'Call back', take: 'Make it a report', take_title: 'Take this message', corrections: 'Correct it here after calling back; what is left out is read from the words', read_from_text: 'as the message says',
    open_message: 'Open', left_out: '{n} more were not kept: too many came.', inbox_denied: 'Your account may not read the inbox.', sorted: 'Dealt with',
    tasks_title: 'Tasks of the desk', tasks_hint: 'Every open task, the next one due first.',
    print: 'Print', open_incidents: 'Open incidents', dead_links: 'Channels that are down', all_links_up: 'All channels are up.', unanswered: 'unanswered', next_due: 'Next deadline',
    call_lines: 'people on the call sheet: {n}', inbox_waiting: 'messages waiting in the inbox: {n}', hand_over: 'Hand over', taken_over_by: 'Name of who takes over', handover_note: 'Note (may stay empty)', handed_over: 'Handed over to {name}', do_hand_over: 'Hand over',
    history: 'Earlier handovers', note_left: 'Note', still_waiting: 'Not done yet', last: 'Last: {time} to {name}', nothing_yet: 'No handover yet.', at: 'Time', from: 'By', to: 'To', signature: 'Signature', sheet_of: 'Handover sheet {time}', dangers: 'Attention', none: 'none',
   
    links_title: 'Channels', link: 'Channel', state: 'State', waiting: 'waiting', sent_1h: 'sent in 1 h', last_receipt: 'last receipt', why: 'Why', no_links: 'No channels.',
    map_title: 'Map', map_label: 'Areas and open incidents', not_on_map: 'Incidents without a place on the map',
  },
);
