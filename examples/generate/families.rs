//! The template families: official wording around the unit's own passages and figures.

use crate::books::{Books, Cents, percent};

/// What a line of a report is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// Wording that every report of the family shares, filled in.
    Template(String),
    /// The unit's own passage in so many sentences.
    Own(usize),
}

/// Who reports on what.
#[derive(Clone, Debug)]
pub(crate) struct About<'a> {
    pub(crate) unit: &'a str,
    pub(crate) duty: &'a str,
    pub(crate) year: u16,
    pub(crate) books: &'a Books,
    pub(crate) score: Cents,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    DepartmentByForm,
    DepartmentByText,
    Project,
    Accounts,
}

impl Family {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Family::DepartmentByForm => "整体自评",
            Family::DepartmentByText => "整体评价",
            Family::Project => "项目自评",
            Family::Accounts => "决算说明",
        }
    }

    pub(crate) fn extension(self) -> &'static str {
        if self == Family::Project { "md" } else { "txt" }
    }

    pub(crate) fn lines(self, about: &About<'_>) -> Vec<Line> {
        match self {
            Family::DepartmentByForm => department_by_form(about),
            Family::DepartmentByText => department_by_text(about),
            Family::Project => project(about),
            Family::Accounts => accounts(about),
        }
    }
}

/// Lines in order.
#[derive(Default)]
struct Page(Vec<Line>);

impl Page {
    fn say(&mut self, text: impl Into<String>) -> &mut Page {
        self.0.push(Line::Template(text.into()));
        self
    }

    fn own(&mut self, passages: usize, sentences: usize) -> &mut Page {
        self.0.extend(std::iter::repeat_n(Line::Own(sentences), passages));
        self
    }
}

fn department_by_form(about: &About<'_>) -> Vec<Line> {
    let About { unit, duty, year, books, score } = about;
    let mut page = Page::default();
    page.say(format!("{unit}{year}年度部门整体支出绩效自评报告"));
    page.say("一、部门基本情况").say("（一）主要职能");
    page.say(format!(
        "{unit}贯彻执行国家和省、市关于{duty}的方针政策和法律法规，拟订本地区{duty}的中长期规划和年度计划并组织实施，\
         承担行业统计、信息发布、教育培训和安全生产的监督管理，完成党委、政府交办的其他任务。"
    ));
    page.say("（二）机构和人员");
    page.say(format!("核定编制{}名，年末在职{}人。", books.posts, books.people));
    page.own(2, 3);
    page.say("二、部门整体支出情况").say("（一）预算安排与执行");
    page.say(format!(
        "{year}年年初预算{}万元，年中追加{}万元，全年预算数为{}万元。全年支出{}万元，其中基本支出{}万元（人员经费{}万元，\
         公用经费{}万元），占{}%；项目支出{}万元，占{}%。",
        books.initial,
        books.added,
        books.budget,
        books.spent,
        books.basic,
        books.staff,
        books.running,
        percent(books.basic, books.spent),
        books.project,
        percent(books.project, books.spent),
    ));
    page.say(change(about)).say("（二）“三公”经费");
    page.say(format!(
        "全年“三公”经费支出{}万元，其中公务用车运行维护费{}万元，公务接待费{}万元；无因公出国（境）费用和公务用车购置费用。",
        Cents(books.vehicle.0 + books.reception.0),
        books.vehicle,
        books.reception,
    ));
    page.say("三、部门整体支出绩效情况").say("（一）评价方法");
    page.say(METHOD).say("（二）项目实施情况");
    for (at, project) in books.projects.iter().enumerate() {
        page.say(format!(
            "（{}）{}。全年预算{}万元，支出{}万元，执行率{}%。",
            at + 1,
            project.name,
            project.budget,
            project.spent,
            percent(project.spent, project.budget),
        ));
        page.own(2, 4);
    }
    page.say("四、存在的问题").own(5, 4).say("五、下一步改进措施").own(5, 4);
    page.say("六、自评结论").say(format!(
        "经逐项核对，{unit}{year}年度部门整体支出绩效自评得分{score}分，评价结果按规定向社会公开，并作为以后年度安排预算的重要依据。"
    ));
    page.say("附件1").say("部门整体支出绩效自评表").say(format!("（{year}年度）"));
    page.say(format!("填报单位：{unit}　　单位：万元"));
    page.say("项目名称\t全年预算数\t全年执行数\t执行率");
    for project in &books.projects {
        let rate = percent(project.spent, project.budget);
        page.say(format!("{}\t{}\t{}\t{rate}%", project.name, project.budget, project.spent));
    }
    let budget = Cents(books.projects.iter().map(|project| project.budget.0).sum());
    page.say(format!("合计\t{budget}\t{}\t{}%", books.project, percent(books.project, budget)));
    page.0
}

fn change(about: &About<'_>) -> String {
    let (year, books) = (about.year, about.books);
    let change = Cents(books.spent.0 - books.last_year.0);
    let (word, rate) = if change.0 < 0 { ("减少", "下降") } else { ("增加", "增长") };
    let change = Cents(change.0.abs());
    format!(
        "{year}年支出比{}年的{}万元{word}{change}万元，{rate}{}%，变动主要来自项目支出。",
        year - 1,
        books.last_year,
        percent(change, books.last_year),
    )
}

const METHOD: &str = "评价工作按照前期准备、组织实施、分析评价、撰写报告四个阶段开展，采用成本效益分析法、比较法、因素分析法和公众评判法，\
    对资金投入、过程管理、产出数量、产出质量、社会效益和服务对象满意度逐项打分，做到数据有来源、结论有依据、问题有整改。";

fn department_by_text(about: &About<'_>) -> Vec<Line> {
    let About { unit, duty, year, books, score } = about;
    let mut page = Page::default();
    page.say(format!("{unit}{year}年度部门整体绩效评价报告"));
    page.say("一、概述");
    page.say(format!(
        "为落实全面实施预算绩效管理的要求，{unit}成立由主要负责人任组长的评价小组，对{year}年度全部财政资金的使用绩效开展自评，\
         重点关注{duty}任务的完成情况，现将有关情况报告如下。"
    ));
    page.say("（一）部门职责");
    page.say(format!(
        "主要负责{duty}的组织协调、监督检查和考核评价，指导乡镇和街道开展相关工作，受理群众来信来访，承办上级主管部门交办的事项。"
    ));
    page.own(2, 3).say("（二）年度任务").own(4, 4);
    page.say("二、资金情况");
    page.say(format!(
        "{year}年度部门整体支出全年预算数{}万元，全年执行数{}万元，预算执行率{}%。其中：基本支出{}万元，项目支出{}万元。",
        books.budget,
        books.spent,
        percent(books.spent, books.budget),
        books.basic,
        books.project,
    ));
    page.say(format!("基本支出{}万元中，人员经费{}万元，公用经费{}万元。", books.basic, books.staff, books.running));
    page.say(change(about));
    page.say("三、绩效分析").say(METHOD);
    for project in &books.projects {
        page.say(format!(
            "{}项目全年预算{}万元，支出{}万元，执行率{}%，资金拨付手续完整，未发现截留、挤占和挪用。",
            project.name,
            project.budget,
            project.spent,
            percent(project.spent, project.budget),
        ));
        page.own(2, 4);
    }
    page.say("四、主要问题").own(6, 4).say("五、整改安排").own(6, 4);
    page.say("六、评价结论").say(format!("综合各项指标，本次自评得分{score}分。"));
    page.0
}

fn project(about: &About<'_>) -> Vec<Line> {
    let About { unit, year, books, score, .. } = about;
    let main = &books.projects[0];
    let mut page = Page::default();
    page.say(format!("# {unit}{year}年度{}项目支出绩效自评报告", main.name)).say("");
    page.say("## 一、项目概况").say("");
    page.say(format!(
        "{}项目由{unit}组织实施，资金纳入部门预算管理，实行专款专用、单独核算，任何单位和个人不得截留、挤占、挪用。",
        main.name
    ));
    page.own(4, 4).say("").say("## 二、资金安排和使用").say("");
    page.say(format!(
        "项目全年预算{}万元，全年支出{}万元，预算执行率{}%，结余{}万元。",
        main.budget,
        main.spent,
        percent(main.spent, main.budget),
        Cents(main.budget.0 - main.spent.0),
    ));
    page.say("").say("## 三、绩效目标完成情况").say("");
    let checks = 20 + books.posts;
    page.say("| 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |").say("|---|---|---|---|---|---|---|");
    for (first, second, third, target, actual, weight) in [
        ("产出指标", "数量指标", "现场核查次数", format!("≥{checks}次"), format!("{}次", checks + 6), 20),
        ("产出指标", "质量指标", "验收合格率", "100%".into(), "100%".into(), 20),
        ("产出指标", "时效指标", "按期完成率", "≥95%".into(), "96%".into(), 10),
        ("效益指标", "社会效益指标", "受益人数", format!("≥{}人", checks * 31), format!("{}人", checks * 33), 30),
        ("满意度指标", "服务对象满意度指标", "服务对象满意度", "≥90%".into(), "94%".into(), 20),
    ] {
        page.say(format!("| {first} | {second} | {third} | {target} | {actual} | {weight} | {weight} |"));
    }
    page.say("").own(9, 4).say("").say("## 四、存在的问题").say("").own(6, 4);
    page.say("").say("## 五、改进措施").say("").own(6, 4);
    page.say("").say(format!("本项目自评得分{score}分。"));
    page.0
}

fn accounts(about: &About<'_>) -> Vec<Line> {
    let About { unit, duty, year, books, .. } = about;
    let mut page = Page::default();
    page.say(format!("{unit}{year}年度部门决算公开说明"));
    page.say("一、部门概况");
    page.say(format!(
        "{unit}为财政全额保障单位，主要承担{duty}等职责，内设机构按规定设置，所属单位全部纳入部门决算编制范围。"
    ));
    page.own(3, 4).say("二、收入支出决算总体情况说明");
    page.say(format!("{year}年度支出合计{}万元。", books.spent)).say(change(about));
    page.say("三、支出决算情况说明");
    page.say(format!(
        "{year}年度支出合计{}万元，其中：基本支出{}万元，占{}%；项目支出{}万元，占{}%。",
        books.spent,
        books.basic,
        percent(books.basic, books.spent),
        books.project,
        percent(books.project, books.spent),
    ));
    page.own(8, 4).say("四、“三公”经费支出决算情况说明");
    page.say(format!(
        "{year}年度“三公”经费支出决算为{}万元，其中：因公出国（境）费0万元；公务用车购置及运行维护费{}万元；公务接待费{}万元。",
        Cents(books.vehicle.0 + books.reception.0),
        books.vehicle,
        books.reception,
    ));
    page.own(4, 4).say("五、预算绩效情况说明");
    page.say("按照预算绩效管理要求，对纳入预算的项目全面开展绩效自评，评价结果随同部门决算一并公开，接受社会监督。");
    page.own(9, 4).say("六、名词解释");
    for word in GLOSSARY {
        page.say(*word);
    }
    page.0
}

const GLOSSARY: &[&str] = &[
    "1.财政拨款收入：指单位从本级财政部门取得的当年财政预算资金，包括一般公共预算财政拨款和政府性基金预算财政拨款。",
    "2.基本支出：指为保障机构正常运转、完成日常工作任务而发生的人员支出和日常公用支出。",
    "3.项目支出：指在基本支出之外，为完成特定的行政任务或者事业发展目标所发生的各项支出。",
    "4.“三公”经费：指用财政拨款安排的因公出国（境）费、公务用车购置及运行维护费和公务接待费。",
    "5.年末结转和结余：指单位按有关规定结转到下一年度或以后年度继续使用的资金，或者项目已经完成形成的结余资金。",
];
