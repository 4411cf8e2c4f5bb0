//! What a paragraph inherits from its headings: scope, and the project that it is about.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::document::words::Finder;
use crate::document::{Document, Section, SectionId};
use crate::facts::label::{Label, normal_name, subject_line};
use crate::facts::{Concept, Entity, Scope};

/// What stands over the paragraphs of one section.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    pub(super) scope: Option<Scope>,
    /// What a number is about whose own words do not say: from the run-in title or the heading.
    pub(super) topic: Option<Topic>,
    /// The concept that the title names.
    pub(super) concept: Option<Concept>,
    /// The title divides a total anew: 按功能分类.
    pub(super) divides: bool,
}

/// The subject that a title names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Topic {
    pub(super) entity: Entity,
    pub(super) concept: Concept,
    /// The title's words.
    pub(super) words: String,
    /// Whether it is one of several bodies that the report goes through: 种子站, 植保站.
    pub(super) is_body: bool,
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

/// The contexts of all sections, and that of the paragraphs before the first.
pub(super) struct Contexts {
    of_section: Vec<Context>,
    outside: Context,
}

impl Contexts {
    /// A paragraph that has a title opens a section of that title, so its own context is its section's.
    pub(super) fn read(document: &Document) -> Contexts {
        let mut of_section: Vec<Context> = Vec::with_capacity(document.sections.len());
        for section in &document.sections {
            let over = section.parent.map(|parent| &of_section[parent.0 as usize]);
            let context = Context::titled(&section.title, over);
            of_section.push(context);
        }
        name_like_siblings(document, &mut of_section);
        tell_bodies(document, &mut of_section);
        hand_down(document, &mut of_section);
        Contexts { of_section, outside: Context::default() }
    }

    pub(super) fn of(&self, section: Option<SectionId>) -> &Context {
        section.map_or(&self.outside, |id| &self.of_section[id.0 as usize])
    }
}

impl Context {
    fn titled(title: &str, over: Option<&Context>) -> Context {
        let label = Label::read(title, &[]);
        let own = label.scope.filter(|scope| *scope != Scope::Other).map(Scope::inherited);
        let scope = own.or_else(|| over.and_then(|context| context.scope));
        let divides = super::mention::partitions(title);
        Context { scope, concept: label.concept, topic: topic_of(title, &label).filter(|_| !divides), divides }
    }
}

/// （1）志愿服务 （2）法律顾问 （3）信息系统运维: among titles that name projects, one with a generic word inside names a project
/// too. Without this its figures would be those of the whole unit. Such titles themselves do not say what the others are.
fn name_like_siblings(document: &Document, of_section: &mut [Context]) {
    let siblings = |section: &Section| (section.parent, section.level);
    let may_be_named = |section: &Section, context: &Context| {
        context.topic.is_none() && !GENERIC.iter().any(|word| section.title.ends_with(word))
    };
    let mut named: BTreeMap<(Option<SectionId>, u8), (usize, usize)> = BTreeMap::new();
    for (section, context) in document.sections.iter().zip(&*of_section) {
        let (projects, others) = named.entry(siblings(section)).or_default();
        match &context.topic {
            Some(Topic { entity: Entity::Item(_), .. }) => *projects += 1,
            None if may_be_named(section, context) => {}
            Some(_) | None => *others += 1,
        }
    }
    for (section, context) in document.sections.iter().zip(of_section) {
        let (projects, others) = named[&siblings(section)];
        if projects >= 2 && projects > others && may_be_named(section, context) {
            context.topic = project(&section.title);
        }
    }
}

/// 1.局机关 2.种子站 3.植保站: among such titles all that is said is of one of the bodies, its staff and spending as well.
fn tell_bodies(document: &Document, of_section: &mut [Context]) {
    let mut bodies: BTreeMap<(Option<SectionId>, u8), Vec<usize>> = BTreeMap::new();
    for (at, section) in document.sections.iter().enumerate().filter(|(_, section)| is_body(&section.title)) {
        bodies.entry((section.parent, section.level)).or_default().push(at);
    }
    for at in bodies.into_values().filter(|siblings| siblings.len() >= 3).flatten() {
        of_section[at].topic = project(&document.sections[at].title).map(|topic| Topic { is_body: true, ..topic });
    }
}

/// 一、甲经费（一）自评得分（二）绩效目标完成情况 二、乙经费（一）自评得分 …: where siblings have the same sections beneath them, each
/// set of these is about the sibling that it stands under.
fn hand_down(document: &Document, of_section: &mut [Context]) {
    let mut beneath: BTreeMap<SectionId, BTreeSet<&str>> = BTreeMap::new();
    for section in &document.sections {
        if let Some(parent) = section.parent {
            beneath.entry(parent).or_default().insert(&section.title);
        }
    }
    // How many siblings have a section of a title beneath them.
    let mut common: BTreeMap<(Option<SectionId>, u8, &str), usize> = BTreeMap::new();
    for (parent, titles) in &beneath {
        let section = document.section(*parent);
        titles.iter().for_each(|title| *common.entry((section.parent, section.level, title)).or_default() += 1);
    }
    let alike = |parent: SectionId| {
        let over = document.section(parent);
        let shared = |title: &&&str| common[&(over.parent, over.level, **title)] > 1;
        beneath.get(&parent).is_some_and(|titles| titles.iter().filter(shared).count() >= 2)
    };
    let mut handed = vec![false; document.sections.len()];
    for (at, section) in document.sections.iter().enumerate() {
        if of_section[at].topic.is_some() {
            continue;
        }
        // 专项工作经费 names a project too, with the same sections beneath it as its siblings have.
        if alike(SectionId(at as u32)) && !GENERIC.iter().any(|word| section.title.ends_with(word)) {
            of_section[at].topic = project(&section.title);
            continue;
        }
        let Some(parent) = section.parent else { continue };
        let topic = of_section[parent.0 as usize].topic.clone();
        let inherits = handed[parent.0 as usize] || alike(parent);
        of_section[at].topic = topic.filter(|topic| inherits && topic.entity != Entity::Unit);
        handed[at] = of_section[at].topic.is_some();
    }
}

/// A station, a school, an office: by the end of its name.
fn is_body(title: &str) -> bool {
    let ends = [
        "机关", "本级", "站", "所", "中心", "大队", "支队", "学校", "中学", "小学", "幼儿园", "馆", "院", "局", "队",
        "分局", "街道", "镇", "乡", "村", "县", "区", "市",
    ];
    title.chars().count() <= 20 && ends.iter().any(|end| title.ends_with(end))
}

/// The concept or project that a title names.
fn topic_of(title: &str, label: &Label) -> Option<Topic> {
    if let Some(subject) = subject_line(title) {
        return Some(Topic {
            entity: Entity::Item(normal_name(subject)),
            concept: Concept(""),
            words: subject.to_owned(),
            is_body: false,
        });
    }
    if let Some(project) = reviewed(title).and_then(project) {
        return Some(project);
    }
    // 检测能力提升项目（2021-2023年）
    let words = title
        .rfind(['（', '('])
        .filter(|at| *at > 0 && title.ends_with(['）', ')']))
        .map_or(title, |at| &title[..at])
        .to_owned();
    if let Some(concept) = label.concept {
        let project = words.ends_with("项目") || words.ends_with("专项");
        let entity = if project { Entity::Item(normal_name(&words)) } else { Entity::Unit };
        let concept = if project { Concept("") } else { concept };
        return Some(Topic { entity, concept, words, is_body: false });
    }
    static KINDS: LazyLock<Finder> = LazyLock::new(|| Finder::new(GENERIC.iter().copied()));
    let named = words.ends_with("项目") || words.ends_with("专项") || !KINDS.any(&words);
    if named { project(&words) } else { None }
}

/// “防汛专项”项目绩效自评综述：…: the project that a paragraph opens with, though it has no title.
pub(super) fn opening(text: &str) -> Option<Topic> {
    let (name, rest) = text.strip_prefix('“')?.split_once('”')?;
    let (kind, _) = rest.split_once(['：', ':'])?;
    let reviews = kind.chars().count() <= 16 && (kind.starts_with("项目") || kind.ends_with("综述"));
    project(name).filter(|_| reviews && !kind.contains(['，', '。']))
}

/// 防汛专项 in 防汛专项绩效自评综述
fn reviewed(title: &str) -> Option<&str> {
    let stem = title.strip_suffix("综述")?;
    let stem = ["自评", "评价", "绩效", "支出"].iter().fold(stem, |stem, end| stem.strip_suffix(end).unwrap_or(stem));
    (stem.chars().count() >= 3).then_some(stem)
}

/// A project by its title, where that is neither a letter nor a sentence.
fn project(words: &str) -> Option<Topic> {
    let name = normal_name(words);
    let fits = (2..=40).contains(&name.chars().count());
    fits.then(|| Topic { entity: Entity::Item(name), concept: Concept(""), words: words.to_owned(), is_body: false })
}
