// A directory with what is hard to say in a list: two people of one name, sections, signs of formulas, foreign numbers.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "directory/import.h"

namespace tocsin::paper {

inline const base::DialingRules kRules{"CN", "539"};
inline const base::UtcTime kNow = base::from_micros(1'790'000'000'000'000);

inline directory::Tables an_office_on_paper() {
  directory::ImportOptions options;
  options.dialing = kRules;
  const auto imported = directory::read_sheets(
      {{"areas",
        "code,name,kind,parent,aliases\nqingshi,青石街道,subdistrict,,\neast,东片区,work_area,qingshi,\n"
        "donghu,东湖社区,community,east,东湖\nhebin,河滨社区,community,qingshi,\n"
        "donghu-1,一网格,grid,donghu,东湖一网格\nhebin-1,一网格,grid,hebin,\nhebin-2,二网格,grid,hebin,\n"},
       {"persons",
        "code,name,language,kind\nshi-qingsong,石青松,zh,\nliu-xiqiao,柳溪桥,zh,\nwang-wei,王伟,zh,\nwang-wei-2,王伟,"
        "zh,\n"
        "ouyang-xue,欧阳雪,zh,\nann-reed,Ann Reed,en,\nquiet,夏清河,zh,\nsign,=1+1,zh,\nhao-duo,\"张三、李四\",zh,\n"
        "tie-zhushan,铁筑山,zh,\ncenter,区应急管理局指挥中心,zh,section\nflood,区应急管理局防汛科,zh,section\n"
        "ye-zhiqiu,叶知秋,zh,\n"},
       {"contacts",
        "person,order,kind,address,extension,agreed_when,agreed_how,withdrawn\n"
        "shi-qingsong,1,mobile,14400000001,,2026-01-05,签字,\nshi-qingsong,2,landline,0539-0000001,8001,2026-01-05,"
        "签字,\n"
        "shi-qingsong,3,email,shi@qingshi.example,,2026-01-05,签字,\n"
        "liu-xiqiao,1,mobile,14400000002,,2026-01-05,签字,\nliu-xiqiao,2,mobile,14400000092,,2026-01-05,签字,2026-02-"
        "01\n"
        "liu-xiqiao,3,mobile,14400000093,,,,\n"
        "wang-wei,1,mobile,14400000004,,2026-01-05,签字,\nwang-wei-2,1,mobile,14400000005,,2026-01-05,签字,\n"
        "ouyang-xue,1,landline,0539-0000006,,2026-01-05,签字,\n"
        "ann-reed,1,mobile,+44 7700 "
        "900123,,2026-01-05,signed,\nann-reed,2,email,ann@qingshi.example,,2026-01-05,signed,\n"
        "ann-reed,3,email,reed@qingshi.example,,2026-01-05,signed,\n"
        "sign,1,mobile,14400000007,,2026-01-05,签字,\nhao-duo,1,mobile,14400000008,,2026-01-05,签字,\n"
        "tie-zhushan,1,mobile,14400000009,,2026-01-05,签字,\n"
        "center,1,landline,0539-0000041,,2026-01-05,公布,\nflood,1,landline,0539-0000042,8002,2026-01-05,公布,\n"
        "ye-zhiqiu,1,landline,0539-0000044,,2026-01-05,公布,\n"},
       {"posts",
        "code,name,area,person,from,to\ncommander,指挥长,qingshi,shi-qingsong,,\n"
        "deputy-commander,副指挥长,qingshi,liu-xiqiao,,\n"
        "station,站长,qingshi,ouyang-xue,,\nclerk-east,联络员,east,liu-xiqiao,,\nclerk-west,联络员,hebin,,,\n"},
       {"units",
        "code,name,responsible,area\nengineering-team,工程抢险队,tie-zhushan,qingshi\n"
        "engineering-team-2,工程抢险队,liu-xiqiao,hebin\nwater,自来水公司,tie-zhushan,\nempty,供电所,,\n"
        "bureau,区应急管理局,,\n"},
       {"unit_members",
        "unit,person\nengineering-team,wang-wei\nengineering-team,sign\nwater,wang-wei\nbureau,center\nbureau,flood\n"
        "bureau,ye-zhiqiu\nengineering-team-2,wang-wei-2\n"},
       {"area_roles",
        "area,role,person\nqingshi,heads,shi-qingsong\ndonghu,heads,ouyang-xue\ndonghu,workers,wang-wei\n"
        "donghu-1,workers,wang-wei\nhebin-1,workers,wang-wei-2\nhebin-2,workers,quiet\n"},
       {"deputies", "post,order,person\ncommander,1,liu-xiqiao\n"}},
      true, options);
  EXPECT_FALSE(base::has_errors(imported.findings)) << directory::render_findings(imported);
  auto tables = imported.tables;
  std::int64_t next_id = 1;
  directory::number_rows(tables, {}, next_id);
  return tables;
}

}  // namespace tocsin::paper
