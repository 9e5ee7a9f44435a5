#!/usr/bin/perl
# A short message centre on Perl's Net::SMPP (Debian: libnet-smpp-perl), which tocsin's authors did not write and which
# shares nothing with the npm one: the second peer of tests/contract/smpp_perl_test.cc.
#
#   perl smsc.pl
#
# It speaks a dialect: ids are hexadecimal in submit_sm_resp and decimal in the text of receipts, which carry no
# optional parameters.  Standard output: one JSON object a line, the first {"event":"listening","port":N}.
# Standard input: one JSON object a line:
#   {"do":"mo","from":"...","to":"...","text":"..."}       a phone texts, by deliver_sm
#   {"do":"data","from":"...","to":"...","text":"..."}     by data_sm
#   {"do":"strange"}                                       alert_notification, outbind and query_sm
#   {"do":"answer","status":N}                             the next submit_sm is answered with that command_status
# Its end of input ends it, so that no test leaves it behind.
use strict;
use warnings;
use Encode qw(decode encode);
use IO::Select;
use JSON::PP;
use Net::SMPP;

my $json = JSON::PP->new->canonical->utf8;
my (%bound, $next_status);
my $next_id = 0xA0;
my $input = '';

sub tell_of {
    my ($event, %more) = @_;
    print $json->encode({event => $event, %more}), "\n";
}

# A submit_sm's text without its user data header, and that header in hexadecimal.
sub text_of {
    my $pdu = shift;
    my $octets = $pdu->{short_message};
    $octets = $pdu->{message_payload} if $octets eq '' && defined $pdu->{message_payload};
    my $udh = '';
    if ($pdu->{esm_class} & 0x40) {
        my $length = 1 + ord $octets;
        $udh = unpack 'H*', substr $octets, 0, $length;
        $octets = substr $octets, $length;
    }
    return ($pdu->{data_coding} == 8 ? decode('UTF-16BE', $octets) : decode('latin1', $octets), $udh);
}

sub receivers { return grep { $bound{$_}{receives} } keys %bound }

sub submitted {
    my ($session, $pdu) = @_;
    my ($text, $udh) = text_of($pdu);
    if (defined $next_status) {
        my $status = $next_status;
        undef $next_status;
        $session->submit_sm_resp(message_id => '', seq => $pdu->{seq}, status => $status);
        return;
    }
    my $id = $next_id++;
    tell_of('submit', text => $text, udh => $udh, to => $pdu->{destination_addr}, ton => $pdu->{dest_addr_ton} + 0,
            data_coding => $pdu->{data_coding} + 0, priority => $pdu->{priority_flag} + 0,
            validity => $pdu->{validity_period});
    $session->submit_sm_resp(message_id => sprintf('%08X', $id), seq => $pdu->{seq});
    return unless $pdu->{registered_delivery};
    my ($to) = receivers();
    return unless defined $to;
    $bound{$to}{session}->deliver_sm(
        async => 1, esm_class => 0x04, source_addr => $pdu->{destination_addr}, source_addr_ton => 1,
        destination_addr => $pdu->{source_addr},
        short_message => sprintf('id:%010d sub:001 dlvrd:001 submit date:2601010000 done date:2601010000 ' .
                                 'stat:DELIVRD err:000 text:', $id));
}

sub bind_as {
    my ($name, $answer, $receives) = @_;
    return sub {
        my ($session, $pdu) = @_;
        my $good = $pdu->{system_id} eq 'tocsin' && $pdu->{password} eq 'secret';
        $session->$answer(system_id => 'perl', seq => $pdu->{seq}, status => $good ? 0 : 0x0E);
        $bound{fileno $session} = {session => $session, receives => $receives} if $good;
        tell_of($good ? 'bound' : 'refused', role => $name);
    };
}
# What to do with each request (SMPP 3.4, 5.1.2.1); the rest is told of by its number.
my %answers = (
    0x01 => bind_as('receiver', 'bind_receiver_resp', 1),
    0x02 => bind_as('transmitter', 'bind_transmitter_resp', 0),
    0x04 => \&submitted,
    0x06 => sub { tell_of('unbind'); $_[0]->unbind_resp(seq => $_[1]{seq}) },
    0x09 => bind_as('transceiver', 'bind_transceiver_resp', 1),
    0x15 => sub { $_[0]->enquire_link_resp(seq => $_[1]{seq}) },
);

my %commands = (
    mo => sub {
        my $c = shift;
        for my $to (receivers()) {
            $bound{$to}{session}->deliver_sm(
                async => 1, source_addr => $c->{from}, source_addr_ton => 1, source_addr_npi => 1,
                destination_addr => $c->{to}, data_coding => 8, short_message => encode('UTF-16BE', $c->{text}));
        }
    },
    data => sub {
        my $c = shift;
        for my $to (receivers()) {
            $bound{$to}{session}->data_sm(
                async => 1, source_addr => $c->{from}, source_addr_ton => 1, source_addr_npi => 1,
                destination_addr => $c->{to}, data_coding => 8, message_payload => encode('UTF-16BE', $c->{text}));
        }
    },
    strange => sub {
        for my $to (keys %bound) {
            my $session = $bound{$to}{session};
            $session->alert_notification(async => 1, source_addr => '14400000017', esme_addr => '10690000');
            $session->outbind(async => 1, system_id => 'perl', password => '');
            $session->query_sm(async => 1, message_id => 'A0', source_addr => '10690000');
        }
    },
    answer => sub { $next_status = $_[0]{status} },
);

sub obey {
    while ($input =~ s/^(.*)\n//) {
        my $command = $json->decode($1);
        $commands{$command->{do}}->($command);
        tell_of('did', do => $command->{do});
    }
}

$| = 1;
my $server = Net::SMPP->new_listen('127.0.0.1', port => 0) or die "cannot listen: $!";
tell_of('listening', port => $server->sockport + 0);
my $watched = IO::Select->new($server, \*STDIN);
while (1) {
    for my $ready ($watched->can_read) {
        if ($ready == $server) {
            my $session = $server->accept or next;
            $watched->add($session);
        } elsif (fileno($ready) == fileno(STDIN)) {
            exit 0 unless sysread STDIN, $input, 65536, length $input;
            obey();
        } else {
            my $pdu = $ready->read_pdu;
            if (!$pdu) {
                delete $bound{fileno $ready};
                $watched->remove($ready);
                close $ready;
                tell_of('closed');
                next;
            }
            my $answer = $answers{$pdu->{cmd}};
            if ($answer) {
                $answer->($ready, $pdu);
            } else {
                tell_of('pdu', command => sprintf('%08x', $pdu->{cmd}), status => $pdu->{status} + 0);
            }
        }
    }
}
