//! Facts built by hand: the numbers of a text in order, and claims over them by index.
#![allow(dead_code, reason = "each test crate uses a part of this")]

pub(crate) mod doc;
pub(crate) mod ofd;
pub(crate) mod office;
pub(crate) mod pdf;
pub(crate) mod press;
pub(crate) mod rebuild;
pub(crate) mod xls;

use gouji::document::literal;
use gouji::facts::{Claim, ClaimKind, Facts, Number, NumberId, Operand, Role};
use gouji::finding::Verdict;
use gouji::relations::Relations;
use gouji::rules::RuleSet;
use gouji::source::{Encoding, Flow, Source};

/// A report whose facts are built by hand.
pub(crate) struct Report {
    pub(crate) source: Source,
    pub(crate) facts: Facts,
}

/// The numbers of a text, without claims.
pub(crate) fn report(text: &str) -> Report {
    let source = Source::from_text("例", text, Encoding::Utf8);
    let flow = Flow::new(&source, &[source.whole()]);
    let number = |literal| Number { literal, block: 0, cell: None, unread: None };
    let numbers = literal::scan(&flow).into_iter().map(number).collect();
    Report { source, facts: Facts { numbers, ..Facts::default() } }
}

/// A number of the text by its place among the numbers.
pub(crate) fn at(index: u32) -> Operand {
    Operand::of(NumberId(index))
}

impl Report {
    pub(crate) fn claim(mut self, kind: ClaimKind, roles: &[(Role, Vec<Operand>)]) -> Report {
        self.facts.claims.push(Claim {
            kind,
            roles: roles.to_vec(),
            span: self.source.whole(),
            subject: String::new(),
        });
        self
    }

    /// 合计 is the first number, 各项 are all others.
    pub(crate) fn breakdown(self) -> Report {
        let items = (1..self.facts.numbers.len() as u32).map(at).collect();
        self.claim(ClaimKind::Breakdown, &[(Role::Total, vec![at(0)]), (Role::Items, items)])
    }

    /// 占比 is the first number, 部分 the second, 整体 the third.
    pub(crate) fn share(self) -> Report {
        let roles = [(Role::Share, vec![at(0)]), (Role::Part, vec![at(1)]), (Role::Whole, vec![at(2)])];
        self.claim(ClaimKind::Share, &roles)
    }

    pub(crate) fn relations(&self, rules: &RuleSet) -> Relations {
        Relations::evaluate(&self.facts, rules.formulas())
    }

    /// The verdict of the only relation.
    pub(crate) fn verdict(&self, rules: &RuleSet) -> Verdict {
        let relations = self.relations(rules);
        let [relation] = relations.all.as_slice() else { panic!("{} relations", relations.all.len()) };
        relation.verdict
    }
}

/// A rule set of one page with this formula.
pub(crate) fn rules(formula: &str) -> RuleSet {
    rules_of(&[("test-page", formula)])
}

/// A rule set of one page for each name and formula.
pub(crate) fn rules_of(pages: &[(&str, &str)]) -> RuleSet {
    let source = |(id, formula): &(&str, &str)| Source::from_text(format!("{id}.md"), page(formula), Encoding::Utf8);
    RuleSet::from_sources(pages.iter().map(source)).unwrap_or_else(|bad| panic!("{}", bad[0]))
}

pub(crate) fn page(formula: &str) -> String {
    format!(
        "+++\ntitle = \"试\"\nfamily = \"sum\"\nseverity = \"error\"\nbasis = \"算术\"\nsince = \"0.1\"\n+++\n\n\
         查什么：甲。\n为什么：乙。\n怎么改：丙。\n\n```formula\n{formula}\n```\n\n## 例\n\n\
         ### 报：有\n\n~~~报告\n[[1]]\n~~~\n\n### 不报：无\n\n~~~报告\n1\n~~~\n"
    )
}

pub(crate) const SUM: &str = "凡 列举\n应 合计 = 和(各项)\n报 “{合计}与{和(各项)}相差{差}”";
pub(crate) const SHARE: &str = "凡 占比\n应 占比 = 部分 / 整体\n报 “{占比}应为{应为}”";
