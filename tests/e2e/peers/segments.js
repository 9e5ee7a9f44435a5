// Counts segments by the npm package `sms-segments-calculator`, which tocsin's authors did not write.
//
// Standard input: texts, each the hexadecimal of its UTF-8, one a line.  Standard output: "GSM-7 2" or "UCS-2 3" for
// each.  It joins with 8-bit references; combining characters, which it keeps together, are not for it.
'use strict';

const readline = require('readline');
const {SegmentedMessage} = require('sms-segments-calculator');

const lines = [];
readline.createInterface({input: process.stdin})
    .on('line', (line) => {
      const message = new SegmentedMessage(Buffer.from(line, 'hex').toString('utf8'));
      lines.push(message.encodingName + ' ' + message.segmentsCount);
    })
    .on('close', () => process.stdout.write(lines.join('\n') + '\n'));
