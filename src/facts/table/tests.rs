//! Claims and facts of whole tables, one line each.

use super::{Extracted, TableContext, read};
use crate::document::Document;
use crate::facts::{Entity, Facts, Operand, OperandKind};
use crate::source::{Encoding, Source};

fn extract(text: &str) -> (Source, Facts, Extracted) {
    let source = Source::from_text("t", text, Encoding::Utf8);
    let document = Document::parse(&source);
    let facts = Facts::extract(&source, &document);
    let mut out = Extracted::default();
    for table in document.tables() {
        read(&TableContext::new(&source, &document, table, &facts), 0, &mut out);
    }
    (source, facts, out)
}

/// 表内分项 合计=118.58 各项=116.9+1.68
fn claims(text: &str) -> Vec<String> {
    let (source, facts, out) = extract(text);
    let number = |operand: &Operand| match &operand.kind {
        OperandKind::Number(id) => source.slice(facts.number(*id).literal.span).to_owned(),
        other => format!("{other:?}"),
    };
    let role = |(role, operands): &(crate::facts::Role, Vec<Operand>)| {
        format!(" {}={}", role.word(), operands.iter().map(number).collect::<Vec<_>>().join("+"))
    };
    let line =
        |claim: &crate::facts::Claim| claim.kind.word().to_owned() + &claim.roles.iter().map(role).collect::<String>();
    out.claims.iter().map(line).collect()
}

/// 118.58 sangong Final 2023
fn facts(text: &str) -> Vec<String> {
    let (source, facts, out) = extract(text);
    let fact = |fact: &crate::facts::Fact| {
        let key = &fact.key;
        let whose = match &key.entity {
            Entity::Unit => String::new(),
            Entity::Item(name) => format!("[{name}]"),
        };
        let period = match key.period {
            crate::facts::Period::Year(year) => format!(" {year}"),
            crate::facts::Period::Unstated => String::new(),
        };
        let number = source.slice(facts.number(fact.number).literal.span);
        format!("{number} {whose}{} {:?} {:?}{period}", key.concept.0, key.measure, key.stage)
    };
    out.facts.iter().map(fact).collect()
}

const FUNDING: &str = "\
| 资金来源 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
|---|---|---|---|---|---|---|
| 年度资金总额 | 100 | 120 | 90 | 10 | 75% | 7.5 |
| 其中：当年财政拨款 | 100 | 110 | 85 | 10 | 77.27% | 7.73 |
| 上年结转资金 |  |  |  |  |  |  |
| 其他资金 |  | 10 | 5 |  |  |  |
";

#[test]
fn the_funding_block() {
    let expected = [
        "完成 完成数=90 预算数=120 完成率=75%",
        "收支 预算数=120 执行数=90",
        "执行率得分 分值=10 得分=7.5 完成率=75% 完成数=90 预算数=120",
        "完成 完成数=85 预算数=110 完成率=77.27%",
        "收支 预算数=110 执行数=85",
        "收支 预算数=10 执行数=5",
        "表内分项 合计=100 各项=100",
        "表内分项 合计=120 各项=110+10",
        "表内分项 合计=90 各项=85+5",
    ];
    assert_eq!(claims(FUNDING), expected);
}

#[test]
fn a_single_source_of_funds_may_not_be_all() {
    let text: String = FUNDING.lines().take(4).map(|line| format!("{line}\n")).collect();
    assert!(claims(&text).contains(&"表内部分 合计=120 各项=110".to_owned()));
}

#[test]
fn two_lists_share_the_rows_of_a_form() {
    let text = "\t资金\n（万元）\n\t\n\t年初预算数\n\t全年预算数\n\t全年执行数\n\t分值\n\t执行率\n\t得分\n\n\t\n\t年度资金总额\n\t60\n\t80\n\t70\n\t10\n\t87.5%\n\t8.75\n\n\t\n\t按收入性质分：\n\t按支出性质分：\n\n\t\n\t其中：  一般公共预算：66\n\t其中：基本支出：30\n\n\t\n\t其他资金：4\n\t项目支出：40\n";
    let found = claims(text);
    assert_eq!(found[3..], ["表内分项 合计=70 各项=66+4", "表内分项 合计=70 各项=30+40"]);
    assert!(facts(text).contains(&"40 exp.project Level Final".to_owned()));
}

#[test]
fn indicators_with_the_execution_rate_of_the_form_before() {
    let text = format!(
        "{FUNDING}\n绩效指标\n\n| 一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |\n|---|---|---|---|---|---|\n| 产出指标（50分） | 检查企业 | ≥300家 | 312家 | 40 | 40 |\n|  | 及时率 | 100% | 98% | 10 | 9 |\n| 满意度（40分） | 群众满意度 | ≥90% | 93% | 40 | 40 |\n| 总分 |  |  |  | 100 | 96.5 |\n"
    );
    let found = claims(&text);
    let expected = [
        "指标行 分值=40 得分=40 指标值=300家 完成值=312家",
        "指标行 分值=10 得分=9 指标值=100% 完成值=98%",
        "指标行 分值=40 得分=40 指标值=90% 完成值=93%",
        "指标组 合计=50分 各分值=40+10",
        "指标组 合计=40分 各分值=40",
        "总分值 合计=100 各分值=10+40+10+40",
        "总得分 合计=96.5 各得分=7.5+40+9+40",
    ];
    assert_eq!(found[found.len() - expected.len()..], expected);
}

#[test]
fn a_total_without_the_execution_rate_is_not_judged() {
    let text = "| 三级指标 | 指标值 | 完成值 | 分值 | 得分 |\n| 甲 | 5次 | 5次 | 50 | 50 |\n| 乙 | 6次 | 6次 | 40 | 40 |\n| 总分 |  |  | 100 | 100 |\n";
    assert!(!claims(text).iter().any(|claim| claim.starts_with("总分值")));
}

#[test]
fn bounds_and_units_in_columns_of_their_own() {
    let text = "| 三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 权重 | 得分 |\n| 甲 | ≥ | 90 | % | 92.5 | 50 | 50 |\n| 乙 | ≤ | 3 | 万元 | 2 | 50 | 50 |\n";
    let (_, facts, _) = extract(text);
    let shown: Vec<String> = facts
        .numbers
        .iter()
        .map(|n| format!("{}{} {:?}", n.literal.value, n.literal.unit.word(), n.literal.hedge))
        .collect();
    assert_eq!(shown[0..2], ["90% AtLeast", "92.5% None"]);
    assert_eq!(shown[4..6], ["3万元 AtMost", "2万元 None"]);
}

const SANGONG: &str = "\
2023年“三公”经费支出情况表
单位：万元
| 项目 | 2022年决算数 | 2023年预算数 | 2023年决算数 | 比上年增减 |
|---|---|---|---|---|
| 合计 | 10 | 12 | 9 | -1 |
| 1.因公出国（境）费 |  |  |  |  |
| 2.公务用车购置及运行费 | 8 | 10 | 7 | -1 |
| 其中：购置费 | 3 | 4 | 2 | -1 |
| 运行费 | 5 | 6 | 5 | 0 |
| 3.公务接待费 | 2 | 2 | 2 | 0 |
";

#[test]
fn a_table_of_items_by_years() {
    let found = claims(SANGONG);
    assert_eq!(
        found[0..4],
        ["合计行 合计=10 各项=8+2", "合计行 合计=12 各项=10+2", "合计行 合计=9 各项=7+2", "合计行 合计=-1 各项=-1+0"]
    );
    assert!(found.contains(&"表内分项 合计=8 各项=3+5".to_owned()));
    assert!(found.contains(&"增减 本期=9 上期=10 增减额=-1".to_owned()));
    let read = facts(SANGONG);
    assert!(read.contains(&"10 sangong Level Final 2022".to_owned()));
    assert!(read.contains(&"4 sangong.purchase Level Budget 2023".to_owned()));
}

#[test]
fn columns_that_add_up() {
    let text = "| 年度 | “三公”经费合计 | 因公出国（境）费 | 公务用车购置及运行费小计 | 公务用车购置费 | 公务用车运行费 | 公务接待费 |\n| 2023年预算数 | 9 | 0 | 7 | 3 | 4 | 2 |\n| 2023年决算数 | 8 | 0 | 6 | 2 | 4 | 2 |\n";
    let expected = ["行内 合计=9 各项=0+7+2", "行内 合计=8 各项=0+6+2", "行内 合计=7 各项=3+4", "行内 合计=6 各项=2+4"];
    assert_eq!(claims(text), expected);
    assert!(facts(text).contains(&"8 sangong Level Final 2023".to_owned()));
}

#[test]
fn a_row_of_amounts_without_a_label() {
    let cells = |row: &str| row.split('|').map(|cell| format!("\t{cell}\n")).collect::<String>() + "\n";
    let four = "合计|因公出国（境）费|公务用车购置及运行维护费|公务接待费";
    let text = [
        cells("2023年度预算数|2023年度决算数"),
        cells(&format!("{four}|{four}")),
        cells("||小计|公务用车购置费|公务用车运行维护费||||小计|公务用车购置费|公务用车运行维护费|"),
        cells("1|2|3|4|5|6|7|8|9|10|11|12"),
        cells("9|0|7|3|4|2|8|0|6|2|4|2"),
    ];
    let expected = ["行内 合计=9 各项=0+7+2", "行内 合计=7 各项=3+4", "行内 合计=8 各项=0+6+2", "行内 合计=6 各项=2+4"];
    assert_eq!(claims(&text.concat()), expected);
    assert!(facts(&text.concat()).contains(&"6 sangong.vehicle Level Final 2023".to_owned()));
}

#[test]
fn a_tree_of_accounts() {
    let text = "| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| 栏次 |  | 1 | 2 | 3 |\n| 合计 |  | 9 | 7 | 2 |\n| 207 | 文化支出 | 6 | 4 | 2 |\n| 20701 | 文化和旅游 | 6 | 4 | 2 |\n| 208 | 社会保障支出 | 3 | 3 |  |\n";
    let expected = [
        "表内分项 合计=6 各项=6", "表内分项 合计=4 各项=4", "表内分项 合计=2 各项=2", "合计行 合计=9 各项=6+3",
        "合计行 合计=7 各项=4+3", "合计行 合计=2 各项=2", "行内 合计=9 各项=7+2", "行内 合计=6 各项=4+2",
        "行内 合计=6 各项=4+2", "行内 合计=3 各项=3",
    ];
    assert_eq!(claims(text), expected);
}

#[test]
fn two_panes_side_by_side() {
    let text = "| 项目 | 行次 | 决算数 | 项目 | 行次 | 决算数 |\n|---|---|---|---|---|---|\n| 一、财政拨款收入 | 1 | 8 | 一、教育支出 | 9 | 7 |\n| 二、其他收入 | 2 | 1 | 二、卫生健康支出 | 10 | 1 |\n| 本年收入合计 | 3 | 9 | 本年支出合计 | 11 | 8 |\n| 年初结转和结余 | 4 | 1 | 年末结转和结余 | 12 | 2 |\n| 总计 | 5 | 10 | 总计 | 13 | 10 |\n";
    let expected =
        ["合计行 合计=9 各项=8+1", "合计行 合计=10 各项=9+1", "合计行 合计=8 各项=7+1", "合计行 合计=10 各项=8+2"];
    assert_eq!(claims(text), expected);
}

#[test]
fn a_total_over_overlapping_rows_takes_the_closed_set() {
    let text = "| 经费情况 | 2023年预算数 | 2023年决算数 |\n| “三公”经费 | 6 | 5 |\n| 基本支出 | 300 | 310 |\n| 项目支出 | 200 | 190 |\n| 支出合计 | 500 | 500 |\n";
    assert_eq!(claims(text), ["合计行 合计=500 各项=300+200", "合计行 合计=500 各项=310+190"]);
}

#[test]
fn parts_that_close_in_two_columns_are_complete() {
    let rows = "| 经费 | 2023年年初预算数 | 2023年全年预算数 | 2023年决算数 |\n| 公用经费 | 18 | 20 | 30 |\n";
    let text = format!("{rows}| 其中：办公费 | 10 | 12 | 20 |\n|   差旅费 | 8 | 8 | 9 |\n");
    let found = claims(&text);
    assert!(found.contains(&"表内分项 合计=30 各项=20+9".to_owned()), "{found:?}");
    let open = format!("{rows}| 其中：办公费 | 10 | 11 | 20 |\n|   差旅费 | 1 | 2 | 3 |\n");
    assert!(claims(&open).iter().all(|claim| claim.starts_with("表内部分")));
}

#[test]
fn control_rates() {
    let text = "| 人员情况 | 编制数 | 2023年实际在职人数 | 控制率 |\n|  | 46 | 44 | 95.65% |\n";
    assert_eq!(claims(text), ["控制 实有=44 编制=46 完成率=95.65%"]);
    let text = "| 房屋 | 批复规模（㎡） | 实际规模（㎡） | 规模控制率 |\n|  | 0 | 0 | 0 |\n";
    assert!(claims(text).is_empty());
}

#[test]
fn the_form_of_a_project() {
    let text = format!("| 项目名称 | 物业管理费 |\n{FUNDING}");
    assert!(facts(&text).contains(&"120 [物业管理] Level Adjusted".to_owned()));
}
