#include "gateway/rehearse/paper_style.h"

#include <array>

namespace tocsin::rehearse {
namespace {

// Ordinary paper: 9.5 points, rules instead of boxes, a level's colour only where it helps to find it.
constexpr std::string_view kPaper = R"css(
@page { size: A4; margin: 14mm 14mm 15mm; }
* { box-sizing: border-box; }
body { font: 9.5pt/1.4 "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei",
       "Helvetica Neue", Arial, sans-serif; color: #111; margin: 0 auto; max-width: 182mm; -webkit-print-color-adjust: exact;
       print-color-adjust: exact; }
header { border-bottom: 2.2pt solid #111; padding-bottom: 4mm; margin-bottom: 5mm; }
h1 { font-size: 18pt; line-height: 1.25; margin: 0 0 1.5mm; }
.of { font-size: 12pt; color: #333; }
h2 { font-size: 13.5pt; margin: 7mm 0 2mm; padding-bottom: 1mm; border-bottom: 1pt solid #111; break-after: avoid; }
h3 { font-size: 11pt; margin: 3.5mm 0 .8mm; break-after: avoid; break-inside: avoid; }
h4 { font-size: 9pt; font-weight: 600; color: #333; margin: 1.5mm 0 .5mm; break-after: avoid; }
a { color: inherit; }
p { margin: .8mm 0 1.5mm; }
table { border-collapse: collapse; width: 100%; margin: .8mm 0 1.5mm; table-layout: fixed; }
th, td { border-top: .5pt solid #999; border-bottom: .5pt solid #999; padding: .6mm 1.4mm; text-align: left;
         vertical-align: top; overflow-wrap: anywhere; }
th { font-weight: 600; font-size: 8.5pt; color: #333; background: #f2f2f2; }
thead { display: table-header-group; break-after: avoid; }
tr { break-inside: avoid; }
td ul { margin: 0; padding-left: 4mm; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .4mm 4mm; margin: 1mm 0 2mm; break-inside: avoid; }
dt { color: #555; }
dd { margin: 0; overflow-wrap: anywhere; }
.level { display: inline-block; min-width: 8mm; text-align: center; font-weight: 700; font-size: 8.5pt; line-height: 1.3;
         padding: 0 1.2mm; border: .8pt solid #111; border-left-width: 2.4mm; white-space: nowrap; }
.small { font-size: 8.3pt; color: #555; }
.step { font-weight: 600; }
.number { display: inline-block; min-width: 9mm; text-align: center; background: #111; color: #fff; padding: 0 1.5mm; line-height: 1.15;
          break-inside: avoid; }
.serves { font-size: 9.5pt; font-weight: 400; white-space: nowrap; margin-right: 3mm; }
.authority { margin: .8mm 0 1.5mm; break-before: avoid; }
.authority b { font-weight: 400; color: #555; }
.authority span { margin-right: 4mm; }
.authority span span { display: inline-block; margin-right: 2mm; }
)css";

struct Colour {
  std::string_view name;
  std::string_view value;
};
// Colours of warnings, dark enough to be told apart on paper; any other is shown as a plain bar.
constexpr std::array<Colour, 6> kColours{{{"blue", "#1f5fbf"},
                                          {"yellow", "#e6b800"},
                                          {"orange", "#e67700"},
                                          {"red", "#c4161c"},
                                          {"green", "#2b8a3e"},
                                          {"purple", "#7b2d8e"}}};

}  // namespace

std::string_view paper_style() {
  return kPaper;
}

std::string_view shade_of(const std::string& colour) {
  for (const auto& known : kColours) {
    if (known.name == colour) return known.value;
  }
  return "#111";
}

}  // namespace tocsin::rehearse
