//! Which styles hide text.

use std::collections::BTreeMap;

use super::xml::Element;

/// What a style says of hiding, and the style that it inherits from.
#[derive(Default)]
struct Style {
    hidden: Option<bool>,
    parent: Option<String>,
}

#[derive(Default)]
pub(super) struct Styles(BTreeMap<String, Style>);

/// Styles inherit from others this many times at most.
const REACH: usize = 32;

impl Styles {
    pub(super) fn of(roots: &[&Element<'_>]) -> Styles {
        let groups = roots.iter().flat_map(|root| root.elements());
        let styles = groups.flat_map(Element::elements).filter(|each| each.name == "style");
        let read = |style: &Element<'_>| {
            let shown = style.child("text-properties").and_then(|each| each.attribute("display"));
            let hidden = shown.map(|display| display == "none");
            let parent = style.attribute("parent-style-name").map(|parent| parent.into_owned());
            Some((style.attribute("name")?.into_owned(), Style { hidden, parent }))
        };
        Styles(styles.filter_map(read).collect())
    }

    pub(super) fn hides(&self, name: Option<&str>) -> Option<bool> {
        let mut next = name.and_then(|name| self.0.get(name));
        for _ in 0..REACH {
            let style = next?;
            if style.hidden.is_some() {
                return style.hidden;
            }
            next = style.parent.as_deref().and_then(|parent| self.0.get(parent));
        }
        None
    }
}
