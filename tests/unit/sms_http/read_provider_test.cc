#include <gmock/gmock.h>

#include "tests/unit/sms_http/a_provider.h"

namespace tocsin::sms::http {
namespace {

using testing::a_provider;
using testing::all_findings;
using ::testing::HasSubstr;

// The first finding of a small provider with this in place of the line that begins as it does.
std::string finding_of(const std::string& line) {
  const std::string whole =
      "[request]\n"
      "url = \"https://api.provider.example/send\"\n"
      "method = \"POST\"\n"
      "send = \"form\"\n"
      "parameters = { to = \"{{to}}\", text = \"{{text}}\" }\n"
      "headers = []\n"
      "[sign]\n"
      "how = \"none\"\n"
      "key = \"{{secret}}\"\n"
      "[answer]\n"
      "id = \"/id\"\n"
      "code = \"/code\"\n"
      "[can]\n"
      "longest = 500\n";
  const auto key = line.substr(0, line.find(' '));
  std::string changed;
  std::istringstream lines(whole);
  bool found = false;
  for (std::string one; std::getline(lines, one);) {
    const bool here = one.substr(0, one.find(' ')) == key;
    found = found || here;
    changed += (here ? line : one) + "\n";
  }
  if (!found) changed += line + "\n";
  const auto read = read_provider(changed, "p.toml");
  return read.findings.empty() ? "" : all_findings(read, changed);
}

TEST(ReadProviderTest, ThoseThatAreInstalledAreWithoutFindings) {
  for (const auto* name : {"twilio-like", "signed-parameters", "signed-body", "cloud-template"}) (void)a_provider(name);
  EXPECT_EQ(finding_of("send = \"form\""), "");
}

TEST(ReadProviderTest, AMistakeIsNamedWithItsPlace) {
  EXPECT_THAT(finding_of("url = \"http://api.provider.example/\""),
              HasSubstr("p.toml:1:1: error: request.url: expected https://"));
  EXPECT_THAT(finding_of("url = \"https://{{account}}.provider.example/\""), HasSubstr("the host is the same"));
  EXPECT_THAT(finding_of("url = 7"), HasSubstr("p.toml:2:7: error: url: expected a text"));
  EXPECT_THAT(finding_of("send = \"xml\""), HasSubstr("p.toml:4:8: error: send: expected one of form, query, json"));
  EXPECT_THAT(finding_of("send = \"json\""), HasSubstr("request.json is missing"));
  EXPECT_THAT(finding_of("method = \"GET\""), HasSubstr("a GET has no body"));
  EXPECT_THAT(finding_of("parameters = { to = \"{{to}}\" }"), HasSubstr("nothing in [request] holds {{text}}"));
  EXPECT_THAT(finding_of("parameters = { text = \"{{txt}}\" }"), HasSubstr("did you mean {{text}}?"));
  EXPECT_THAT(finding_of("parameters = { text = \"{{text\" }"), HasSubstr("{{ without }}"));
  EXPECT_THAT(finding_of("how = \"hmac-sha1\""), HasSubstr("sign.text is missing"));
  EXPECT_THAT(finding_of("id = \"id\""), HasSubstr("a JSON pointer begins with /"));
  EXPECT_THAT(finding_of("longest = -1"), HasSubstr("p.toml:14:11: error: can.longest"));
  EXPECT_THAT(finding_of("longst = 1"), HasSubstr("p.toml:15:1: error: unknown key \"can.longst\""));
  EXPECT_THAT(finding_of("= broken"), HasSubstr("[syntax]"));
}

TEST(ReadProviderTest, TheSecretCanStandInTheKeyAlone) {
  for (const auto* line : {"headers = [\"X: {{secret}}\"]", "parameters = { a = \"{{secret}}\", text = \"{{text}}\" }",
                           "url = \"https://api.provider.example/{{secret}}\""}) {
    EXPECT_THAT(finding_of(line), HasSubstr("{{secret}} cannot stand here")) << line;
  }
}

// The first finding of the installed provider with registered templates, after that change.
std::string finding_after(const std::string& from, const std::string& to) {
  auto text = testing::text_of_provider("cloud-template");
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  const auto read = read_provider(text, "p.toml");
  return read.findings.empty() ? "" : all_findings(read, text);
}

TEST(ReadProviderTest, AMistakeInARegistrationIsNamedWithItsPlace) {
  EXPECT_THAT(finding_after("of = \"stand_down\"\n", ""), HasSubstr("template.of is missing"));
  EXPECT_THAT(finding_after("{{code}}", "{{#code}}"), HasSubstr("value: {{#code}} is never closed"));
  EXPECT_THAT(finding_after("{{code}}", "{{Code}}"), HasSubstr("{{Code}} is no field"));
  EXPECT_THAT(finding_after("编号${code}", "编号"), HasSubstr("${code} does not stand in it"));
  EXPECT_THAT(finding_after("longest = 35", "longest = -1"), HasSubstr("longest: expected 0 to 10000"));
  EXPECT_THAT(finding_after("longest = 70, cut", "cut"), HasSubstr("cut: longest says where"));
  EXPECT_THAT(finding_after("drill = true\n", ""), HasSubstr("registered twice"));
  EXPECT_THAT(finding_after("{{template_id}}", "x"), HasSubstr("nothing in [request] holds {{template_id}}"));
  EXPECT_THAT(finding_after("{{template_id}}", "{{template_id}}{{text}}"), HasSubstr("registered templates have no"));
  EXPECT_THAT(finding_after("\"registered\"", "\"free\""), HasSubstr("[[template]]: can.templates"));
  EXPECT_THAT(finding_after("${*}", "${}"), HasSubstr("can.placeholder"));
}

TEST(ReadProviderTest, AMistakeInWhatIsPostedIsNamedWithItsPlace) {
  EXPECT_THAT(finding_after("delivered = [\"true\"]", ""), HasSubstr("receipt.delivered is missing"));
  EXPECT_THAT(finding_after("id = \"/biz_id\"", "id = \"biz_id\""), HasSubstr("a JSON pointer begins with /"));
  EXPECT_THAT(finding_after("text = \"/content\"", ""), HasSubstr("message.text is missing"));
  EXPECT_THAT(finding_after("[callback]", "[callbacks]"), HasSubstr("did you mean \"callback\"?"));
}

TEST(ReadProviderTest, AProviderOfAnyLengthIsNotRead) {
  EXPECT_EQ(read_provider(std::string(100000, '#'), "p.toml").findings.at(0).code, "too-large");
  EXPECT_EQ(read_provider("", "p.toml").findings.size(), 2U);
}

}  // namespace
}  // namespace tocsin::sms::http
