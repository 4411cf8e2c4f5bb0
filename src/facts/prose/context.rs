//! What a paragraph inherits from its headings: scope, and the project that it is about.

use crate::document::{Block, Document, Paragraph};
use crate::facts::label::{Label, normal_name, subject_line};
use crate::facts::{Concept, Entity, Scope};

/// What stands over a paragraph.
#[derive(Clone, Debug)]
pub(super) struct Context {
    pub(super) scope: Option<Scope>,
    /// What a number is about whose own words do not say: from the run-in title or the heading.
    pub(super) topic: Option<Topic>,
}

/// The subject that a title names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Topic {
    pub(super) entity: Entity,
    pub(super) concept: Concept,
    /// The title's words.
    pub(super) words: String,
}

/// Words of headings that name a kind of text, not a thing that costs money.
const GENERIC: &[&str] = &[
    "情况", "分析", "措施", "目标", "职责", "职能", "问题", "概况", "说明", "绩效", "执行", "安排", "管理", "评价",
    "结论", "效能", "原因", "建议", "公开", "机构", "人员概况", "收入", "预算", "支出总", "总体", "结转", "控制",
    "产出", "效益", "满意度", "整改", "结果", "经验", "制度", "组织", "过程", "投入", "配置", "编制", "完成", "质量",
    "成本", "时效", "数量", "使用", "结余", "强化", "加强", "规范", "推进", "提升", "自评", "工作", "结构", "来源",
    "规模", "分配", "构成", "方面", "部分", "其他", "事项", "主要", "全年", "年度", "指标", "社会", "经济", "生态",
    "可持续", "总额", "资金", "监督", "整体", "信息", "资产", "履职", "部门", "单位", "采购",
];

impl Context {
    pub(super) fn of(document: &Document, block: &Block, paragraph: &Paragraph) -> Context {
        let own = paragraph.title.clone().map(|range| paragraph.flow.slice(range));
        let scope = own
            .and_then(scope_of)
            .or_else(|| document.ancestors(block.section).find_map(|section| scope_of(&section.title)));
        let heading = block.section.map(|id| document.section(id));
        let topic = own.and_then(topic_of).or_else(|| heading.and_then(|section| topic_of(&section.title)));
        Context { scope, topic }
    }
}

fn scope_of(title: &str) -> Option<Scope> {
    Label::read(title, &[]).scope.filter(|scope| *scope != Scope::Other)
}

/// The concept or project that a title names.
fn topic_of(title: &str) -> Option<Topic> {
    let words = subject_line(title).unwrap_or(title).to_owned();
    if subject_line(title).is_some() {
        return Some(Topic { entity: Entity::Item(normal_name(&words)), concept: Concept(""), words });
    }
    let label = Label::read(&words, &[]);
    if let Some(concept) = label.concept {
        let project = words.ends_with("项目") || words.ends_with("专项");
        let entity = if project { Entity::Item(normal_name(&words)) } else { Entity::Unit };
        let concept = if project { Concept("") } else { concept };
        return Some(Topic { entity, concept, words });
    }
    let named = words.ends_with("项目") || words.ends_with("专项") || !GENERIC.iter().any(|word| words.contains(word));
    let long_enough = (3..=40).contains(&normal_name(&words).chars().count());
    (named && long_enough).then(|| Topic { entity: Entity::Item(normal_name(&words)), concept: Concept(""), words })
}
