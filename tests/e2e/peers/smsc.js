// A short message centre on the npm package `smpp`, which tocsin's authors did not write: the peer of
// tests/contract/smpp_peer_test.cc and of the end-to-end tests.
//
//   node smsc.js [--system-id tocsin] [--password secret] [--port 0] [--answer-after MS] [--receipt-after MS|-1]
//                [--tls-key PEM --tls-cert PEM]
//
// Standard output: one JSON object a line, the first {"event":"listening","port":N}.
// Standard input: one JSON object a line:
//   {"do":"mo","from":"+86…","to":"…","text":"…","udh":"hex","tag":"…"}  a phone texts
//   {"do":"throttle","count":N}   the next N submit_sm are answered ESME_RTHROTTLED
//   {"do":"nobody","at":"+86…"}   from now on no phone has that number: receipts say UNDELIV, 001
//   {"do":"silent"} {"do":"speak"}  nothing is answered any more; it is again
//   {"do":"drop"} {"do":"unbind"} {"do":"enquire"} {"do":"quit"}
// Its end of input ends it, so that no test leaves it behind.
'use strict';

const fs = require('fs');
const readline = require('readline');
const smpp = require('smpp');

function options(args) {
  const found = {'system-id': 'tocsin', password: 'secret', port: '0', 'answer-after': '0', 'receipt-after': '20',
                 'tls-key': '', 'tls-cert': ''};
  for (let i = 0; i < args.length; i += 2) {
    const name = args[i].replace(/^--/, '');
    if (!(name in found) || i + 1 >= args.length) throw new Error('unknown option or no value: ' + args[i]);
    found[name] = args[i + 1];
  }
  return found;
}

const given = options(process.argv.slice(2));
const answerAfter = Number(given['answer-after']);
const receiptAfter = Number(given['receipt-after']);
const bound = new Set();  // all that are bound
const senders = new Set(), receivers = new Set();  // those of them that may send, and receive (SMPP 3.4, 2.2.1)
const nobody = new Set();  // numbers, digits alone
const joining = new Map();  // destination and reference -> parts
let nextId = 1;
let throttled = 0;
let silent = false;

function tell(event, more) {
  process.stdout.write(JSON.stringify({event, ...more}) + '\n');
}

function address(ton, digits) {
  return ton === 1 ? '+' + digits : digits;
}

function textOf(shortMessage) {
  const message = shortMessage && shortMessage.message;
  return Buffer.isBuffer(message) ? message.toString('latin1') : message || '';
}

// Puts the parts of a long text together again, as a phone would; tells the whole when it is there.
function join(pdu, udh, text) {
  const element = udh.find((one) => one[0] === 0x00 || one[0] === 0x08);
  const sar = pdu.sar_msg_ref_num !== undefined;
  if (!element && !sar) return;
  const wide = sar || element[0] === 0x08;
  const reference = sar ? pdu.sar_msg_ref_num : wide ? element.readUInt16BE(2) : element[2];
  const parts = sar ? pdu.sar_total_segments : element[wide ? 4 : 3];
  const part = sar ? pdu.sar_segment_seqnum : element[wide ? 5 : 4];
  const key = pdu.destination_addr + '/' + wide + '/' + reference;
  if (!joining.has(key)) joining.set(key, new Map());
  const have = joining.get(key);
  have.set(part, text);
  if (have.size !== parts) return;
  joining.delete(key);
  const whole = [...have.keys()].sort((a, b) => a - b).map((one) => have.get(one)).join('');
  tell('joined', {to: pdu.destination_addr, reference, wide, parts, text: whole});
}

function receipt(session, pdu, id) {
  if (!receivers.has(session)) session = [...receivers][0];
  if (!session) return;
  const gone = nobody.has(String(pdu.destination_addr).replace(/^\+/, ''));
  const end = gone ? 'stat:UNDELIV err:001' : 'stat:DELIVRD err:000';
  const text = `id:${id} sub:001 dlvrd:00${gone ? 0 : 1} submit date:2601010000 done date:2601010000 ${end} text:`;
  session.deliver_sm(
      {
        esm_class: 0x04,
        source_addr_ton: pdu.dest_addr_ton,
        source_addr: pdu.destination_addr,
        destination_addr: pdu.source_addr,
        data_coding: 0,
        short_message: text,
        receipted_message_id: id,
        message_state: gone ? 5 : 2,  // 5.2.28: undeliverable, delivered
      },
      (response) => tell('receipt_resp', {id, status: response.command_status}));
}

function submitted(session, pdu) {
  if (silent) {
    tell('unanswered', {sequence: pdu.sequence_number});
    return;
  }
  if (throttled > 0) {
    --throttled;
    tell('throttled', {to: pdu.destination_addr});
    session.send(pdu.response({command_status: smpp.ESME_RTHROTTLED}));
    return;
  }
  const id = 'N' + nextId++;
  const text = textOf(pdu.message_payload || pdu.short_message);
  const udh = (pdu.short_message && pdu.short_message.udh) || [];
  tell('submit', {
    id,
    from: address(pdu.source_addr_ton, pdu.source_addr),
    to: address(pdu.dest_addr_ton, pdu.destination_addr),
    text,
    udh: Buffer.concat(udh).toString('hex'),
    data_coding: pdu.data_coding,
    esm_class: pdu.esm_class,
    registered_delivery: pdu.registered_delivery,
    priority: pdu.priority_flag,
    minutes_valid: pdu.validity_period instanceof Date ? Math.round((pdu.validity_period - Date.now()) / 60000) : 0,
    payload: pdu.message_payload !== undefined,
    sar: pdu.sar_msg_ref_num === undefined ?
        [] : [pdu.sar_msg_ref_num, pdu.sar_total_segments, pdu.sar_segment_seqnum],
  });
  join(pdu, udh, text);
  const answer = () => {
    session.send(pdu.response({message_id: id}));
    if (receiptAfter >= 0 && pdu.registered_delivery) setTimeout(() => receipt(session, pdu, id), receiptAfter);
  };
  if (answerAfter > 0) {
    setTimeout(answer, answerAfter);
  } else {
    answer();
  }
}

function serve(session) {
  const bind = (role, may) => session.on(role, (pdu) => {
    if (pdu.system_id !== given['system-id'] || pdu.password !== given.password) {
      tell('refused', {system_id: pdu.system_id});
      session.send(pdu.response({command_status: smpp.ESME_RINVPASWD}));
      return;
    }
    bound.add(session);
    for (const set of may) set.add(session);
    tell('bound', {system_id: pdu.system_id, system_type: pdu.system_type, interface_version: pdu.interface_version,
                   role});
    session.send(pdu.response({system_id: 'npm-smpp'}));
  });
  bind('bind_transceiver', [senders, receivers]);
  bind('bind_transmitter', [senders]);
  bind('bind_receiver', [receivers]);
  session.on('submit_sm', (pdu) => {
    if (senders.has(session)) {
      submitted(session, pdu);
    } else {
      session.send(pdu.response({command_status: smpp.ESME_RINVBNDSTS}));
    }
  });
  session.on('enquire_link', (pdu) => {
    tell('enquire_link');
    if (!silent) session.send(pdu.response());
  });
  session.on('unbind', (pdu) => {
    tell('unbind');
    session.send(pdu.response());
    session.close();
  });
  session.on('generic_nack', (pdu) => tell('generic_nack', {status: pdu.command_status}));
  session.on('unknown', (pdu) => session.send(pdu.response()));
  session.on('error', (error) => {
    tell('error', {code: String(error.code || error.message)});
    session.destroy();
  });
  session.on('close', () => {
    for (const set of [bound, senders, receivers]) set.delete(session);
    tell('closed');
  });
}

const secure = given['tls-key'] !== '';
const server = secure ?
    smpp.createServer({key: fs.readFileSync(given['tls-key']), cert: fs.readFileSync(given['tls-cert'])}, serve) :
    smpp.createServer(serve);

const commands = {
  mo(command) {
    const international = command.from.startsWith('+');
    const message = command.udh ? {udh: Buffer.from(command.udh, 'hex'), message: command.text} : command.text;
    for (const session of receivers) {
      session.deliver_sm(
          {
            source_addr_ton: international ? 1 : 0,
            source_addr_npi: 1,
            source_addr: command.from.replace(/^\+/, ''),
            destination_addr: command.to,
            data_coding: null,  // detected from the text
            short_message: message,
          },
          (response) => tell('mo_resp', {tag: command.tag || '', status: response.command_status}));
    }
  },
  throttle(command) { throttled = command.count; },
  nobody(command) { nobody.add(command.at.replace(/^\+/, '')); },
  silent() { silent = true; },
  speak() { silent = false; },
  drop() { bound.forEach((session) => session.destroy()); },
  unbind() { bound.forEach((session) => session.unbind(() => tell('unbind_resp'))); },
  enquire() { bound.forEach((session) => session.enquire_link(() => tell('enquire_resp'))); },
  quit() { process.exit(0); },
};

const input = readline.createInterface({input: process.stdin});
input.on('line', (line) => {
  const command = JSON.parse(line);
  commands[command.do](command);
  tell('did', {do: command.do});
});
input.on('close', () => process.exit(0));

server.listen(Number(given.port), '127.0.0.1', () => tell('listening', {port: server.address().port}));
