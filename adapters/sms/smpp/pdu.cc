#include "adapters/sms/smpp/pdu.h"

#include <algorithm>

namespace tocsin::sms::smpp {
namespace {

std::uint8_t octet(std::string_view octets, std::size_t at) {
  return static_cast<std::uint8_t>(octets[at]);
}

std::uint32_t number_at(std::string_view octets, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value = value << 8U | octet(octets, at + i);
  return value;
}

// Takes fields off the front; after the first failure everything is empty and ok() is false.
class Reader {
 public:
  explicit Reader(std::string_view octets) : rest_(octets) {}

  std::uint8_t number() {
    if (!need(1)) return 0;
    const std::uint8_t value = octet(rest_, 0);
    rest_.remove_prefix(1);
    return value;
  }
  // 3.1: C-octet string of at most `size` octets, its NUL included.
  std::string_view text(std::size_t size) {
    const std::size_t end = rest_.substr(0, size).find('\0');
    if (!ok_ || end == std::string_view::npos) return fail();
    const std::string_view value = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return value;
  }
  std::string_view octets(std::size_t size) {
    if (!need(size)) return {};
    const std::string_view value = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return value;
  }
  Address address(std::size_t size) {
    Address address;
    address.ton = number();
    address.npi = number();
    address.digits = text(size);
    return address;
  }
  Tlvs tlvs() {
    const auto found = ok_ ? Tlvs::read(rest_) : std::nullopt;
    rest_ = {};
    if (found) return *found;
    ok_ = false;
    return {};
  }
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  bool need(std::size_t size) {
    if (rest_.size() < size) fail();
    return ok_;
  }
  std::string_view fail() {
    ok_ = false;
    rest_ = {};
    return {};
  }
  std::string_view rest_;
  bool ok_ = true;
};

template <typename T>
std::optional<T> if_ok(const Reader& reader, const T& value) {
  if (!reader.ok()) return std::nullopt;
  return value;
}

void put_octet(std::string& out, std::uint8_t value) {
  out += static_cast<char>(value);
}

void put_number(std::string& out, std::uint32_t value) {
  const char octets[4] = {static_cast<char>(value >> 24U), static_cast<char>(value >> 16U & 0xFFU),
                          static_cast<char>(value >> 8U & 0xFFU), static_cast<char>(value & 0xFFU)};
  out.append(octets, sizeof octets);
}

// At most size - 1 octets and the NUL; an inner NUL ends it.
void put_text(std::string& out, std::string_view text, std::size_t size) {
  out += text.substr(0, std::min(text.find('\0'), size - 1));
  out += '\0';
}

void put_address(std::string& out, const Address& address, std::size_t size) {
  put_octet(out, address.ton);
  put_octet(out, address.npi);
  put_text(out, address.digits, size);
}

// Writes the header, and its length when the body is done.
class Writer {
 public:
  Writer(std::string& out, CommandId id, std::uint32_t status, std::uint32_t sequence) : out_(out), start_(out.size()) {
    put_number(out, 0);
    put_number(out, static_cast<std::uint32_t>(id));
    put_number(out, status);
    put_number(out, sequence);
  }
  ~Writer() {
    const auto length = static_cast<std::uint32_t>(out_.size() - start_);
    for (unsigned i = 0; i < 4; ++i) out_[start_ + i] = static_cast<char>(length >> (24U - 8U * i) & 0xFFU);
  }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

 private:
  std::string& out_;
  std::size_t start_;
};

}  // namespace

Frame next_pdu(std::string_view buffer) {
  Frame frame;
  if (buffer.size() < 4) return frame;
  Header& header = frame.pdu.header;
  header.length = number_at(buffer, 0, 4);
  const bool sane = header.length >= kHeaderSize && header.length <= kLargestPdu;
  if (buffer.size() >= kHeaderSize) {
    header.id = static_cast<CommandId>(number_at(buffer, 4, 4));
    header.status = number_at(buffer, 8, 4);
    header.sequence = number_at(buffer, 12, 4);
  }
  if (!sane) {
    frame.framing = Framing::kBroken;
  } else if (buffer.size() >= header.length) {
    frame.framing = Framing::kWhole;
    frame.pdu.body = buffer.substr(kHeaderSize, header.length - kHeaderSize);
  }
  return frame;
}

std::optional<Tlvs> Tlvs::read(std::string_view octets) {
  std::string_view rest = octets;
  while (!rest.empty()) {
    if (rest.size() < 4) return std::nullopt;
    const std::size_t size = 4 + number_at(rest, 2, 2);
    if (rest.size() < size) return std::nullopt;
    rest.remove_prefix(size);
  }
  return Tlvs(octets);
}

std::optional<Tlv> Tlvs::pop() {
  if (octets_.size() < 4) return std::nullopt;
  const Tlv tlv{static_cast<std::uint16_t>(number_at(octets_, 0, 2)), octets_.substr(4, number_at(octets_, 2, 2))};
  octets_.remove_prefix(4 + tlv.value.size());
  return tlv;
}

std::optional<std::string_view> Tlvs::find(Tag tag) const {
  Tlvs rest = *this;
  while (const auto tlv = rest.pop()) {
    if (tlv->tag == static_cast<std::uint16_t>(tag)) return tlv->value;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> Tlvs::number(Tag tag) const {
  const auto value = find(tag);
  if (!value || (value->size() != 1 && value->size() != 2 && value->size() != 4)) return std::nullopt;
  return number_at(*value, 0, value->size());
}

void append_tlv(std::string& out, Tag tag, std::string_view value) {
  const std::string_view cut = value.substr(0, 0xFFFF);
  const auto number = static_cast<std::uint16_t>(tag);
  put_octet(out, static_cast<std::uint8_t>(number >> 8U));
  put_octet(out, static_cast<std::uint8_t>(number & 0xFFU));
  put_octet(out, static_cast<std::uint8_t>(cut.size() >> 8U));
  put_octet(out, static_cast<std::uint8_t>(cut.size() & 0xFFU));
  out += cut;
}

std::optional<Bind> read_bind(const Pdu& pdu) {
  Reader reader(pdu.body);
  Bind bind;
  bind.id = pdu.header.id;
  bind.system_id = reader.text(16);
  bind.password = reader.text(9);
  bind.system_type = reader.text(13);
  bind.interface_version = reader.number();
  bind.range = reader.address(41);
  return if_ok(reader, bind);
}

std::optional<BindResp> read_bind_resp(const Pdu& pdu) {
  Reader reader(pdu.body);
  BindResp resp;
  if (reader.at_end()) return resp;
  resp.system_id = reader.text(16);
  resp.tlvs = reader.tlvs();
  return if_ok(reader, resp);
}

std::optional<ShortMessage> read_short_message(const Pdu& pdu) {
  Reader reader(pdu.body);
  ShortMessage message;
  message.service_type = reader.text(6);
  message.source = reader.address(21);
  message.destination = reader.address(21);
  message.esm_class = reader.number();
  message.protocol_id = reader.number();
  message.priority = reader.number();
  message.schedule = reader.text(17);
  message.validity = reader.text(17);
  message.registered_delivery = reader.number();
  message.replace_if_present = reader.number();
  message.data_coding = reader.number();
  message.default_message = reader.number();
  message.text = reader.octets(reader.number());
  message.tlvs = reader.tlvs();
  if (message.text.empty()) message.text = message.tlvs.find(Tag::kMessagePayload).value_or(std::string_view());
  return if_ok(reader, message);
}

std::optional<DataMessage> read_data_message(const Pdu& pdu) {
  Reader reader(pdu.body);
  DataMessage message;
  message.service_type = reader.text(6);
  message.source = reader.address(65);
  message.destination = reader.address(65);
  message.esm_class = reader.number();
  message.registered_delivery = reader.number();
  message.data_coding = reader.number();
  message.tlvs = reader.tlvs();
  return if_ok(reader, message);
}

std::optional<std::string_view> read_message_id(const Pdu& pdu) {
  Reader reader(pdu.body);
  if (reader.at_end()) return std::string_view();
  const std::string_view id = reader.text(65);
  (void)reader.tlvs();
  return if_ok(reader, id);
}

void append_bind(std::string& out, const Bind& bind, std::uint32_t sequence) {
  const Writer writer(out, bind.id, 0, sequence);
  put_text(out, bind.system_id, 16);
  put_text(out, bind.password, 9);
  put_text(out, bind.system_type, 13);
  put_octet(out, bind.interface_version);
  put_address(out, bind.range, 41);
}

void append_bind_resp(std::string& out, CommandId request, std::uint32_t status, std::uint32_t sequence,
                      std::string_view system_id) {
  const Writer writer(out, response_to(request), status, sequence);
  if (status == 0) put_text(out, system_id, 16);
}

void append_short_message(std::string& out, CommandId id, const ShortMessage& message, std::string_view header,
                          std::uint32_t sequence) {
  const Writer writer(out, id, 0, sequence);
  put_text(out, message.service_type, 6);
  put_address(out, message.source, 21);
  put_address(out, message.destination, 21);
  put_octet(out, message.esm_class);
  put_octet(out, message.protocol_id);
  put_octet(out, message.priority);
  put_text(out, message.schedule, 17);
  put_text(out, message.validity, 17);
  put_octet(out, message.registered_delivery);
  put_octet(out, message.replace_if_present);
  put_octet(out, message.data_coding);
  put_octet(out, message.default_message);
  const std::string_view head = header.substr(0, kLongestShortMessage);
  const std::string_view text = message.text.substr(0, kLongestShortMessage - head.size());
  put_octet(out, static_cast<std::uint8_t>(head.size() + text.size()));
  out += head;
  out += text;
  out += message.tlvs.octets();
}

void append_message_resp(std::string& out, CommandId request, std::uint32_t status, std::uint32_t sequence,
                         std::string_view message_id) {
  const Writer writer(out, response_to(request), status, sequence);
  // 4.4.2: no body with an error; 4.6.2: deliver_sm_resp always has its (empty) message_id.
  if (status == 0 || request == CommandId::kDeliverSm) put_text(out, message_id, 65);
}

void append_header_only(std::string& out, CommandId id, std::uint32_t status, std::uint32_t sequence) {
  const Writer writer(out, id, status, sequence);
}

}  // namespace tocsin::sms::smpp
