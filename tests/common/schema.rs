//! What the standard of Office files asks of a package, as far as remarks touch it: no validator is at hand offline.
#![allow(dead_code, reason = "each test crate uses a part of this")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// An element by its local name.
#[derive(Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Element>,
}

impl Element {
    fn of(tag: &BytesStart<'_>) -> Element {
        let attribute = |each: Attribute<'_>| (each.key.local_name().as_ref().to_owned(), each.value.into_owned());
        // Attributes of one name may stand once only, which the iterator checks.
        let attributes = tag.attributes().map(|each| attribute(each.expect("an attribute"))).collect();
        let name = tag.local_name().as_ref().to_owned();
        Element { name, attributes, children: Vec::new() }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(each, _)| each == name).map(|(_, value)| value.as_str())
    }

    fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|each| each.name == name)
    }

    fn names(&self) -> Vec<&str> {
        self.children.iter().map(|each| each.name.as_str()).collect()
    }

    /// Every element inside with its parent, in the order of the file.
    fn walk<'e>(&'e self, met: &mut Vec<(&'e Element, &'e Element)>) {
        for each in &self.children {
            met.push((each, self));
            each.walk(met);
        }
    }
}

fn tree(part: &str, xml: &str) -> Element {
    let mut reader = Reader::from_str(xml);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{part}: {error}")) {
            Event::Start(tag) => open.push(Element::of(&tag)),
            Event::Empty(tag) => open.last_mut().expect("a root").children.push(Element::of(&tag)),
            Event::End(_) => {
                let done = open.pop().expect("an open element");
                open.last_mut().expect("a root").children.push(done);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "{part} ends");
    open.remove(0).children.pop().unwrap_or_else(|| panic!("{part} has a root"))
}

struct Package {
    parts: BTreeMap<String, Element>,
    /// All members, also those that are no XML.
    names: BTreeSet<String>,
}

/// A package that Word, WPS and Excel open: parts, types and relationships fit together, elements stand in their order,
/// numbers of comments and styles lead somewhere.
pub(crate) fn holds(bytes: &[u8]) {
    let package = Package::of(bytes);
    package.types_are_known();
    let links = package.relationships();
    if let Some(document) = package.parts.get("word/document.xml") {
        let comments = links.iter().find(|(kind, _)| kind == "comments").map(|(_, part)| part.as_str());
        word(document, comments.map(|part| &package.parts[part]));
    }
    for (name, sheet) in package.parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet")) {
        package.sheet(name, sheet);
    }
}

impl Package {
    fn of(bytes: &[u8]) -> Package {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let mut package = Package { parts: BTreeMap::new(), names: BTreeSet::new() };
        for index in 0..zip.len() {
            let mut member = zip.by_index(index).expect("a member");
            let name = member.name().expect("a name").into_owned();
            if [".xml", ".rels", ".vml"].iter().any(|ending| name.ends_with(ending)) {
                let mut text = String::new();
                member.read_to_string(&mut text).expect("XML is UTF-8");
                package.parts.insert(name.clone(), tree(&name, &text));
            }
            assert!(package.names.insert(name.clone()), "{name} is there once");
        }
        package
    }

    fn types_are_known(&self) {
        let types = &self.parts["[Content_Types].xml"];
        let of = |kind: &str, key: &str| -> Vec<String> {
            let found = types.children.iter().filter(|each| each.name == kind);
            found.map(|each| each.get(key).expect("it says of what").to_lowercase()).collect()
        };
        let (endings, parts) = (of("Default", "Extension"), of("Override", "PartName"));
        for list in [&endings, &parts] {
            assert_eq!(list.iter().collect::<BTreeSet<_>>().len(), list.len(), "each is declared once: {list:?}");
        }
        let known: BTreeSet<String> = self.names.iter().map(|name| format!("/{}", name.to_lowercase())).collect();
        assert!(parts.iter().all(|part| known.contains(part)), "{parts:?} are there");
        for name in known.iter().filter(|name| *name != "/[content_types].xml") {
            let ending = name.rsplit('.').next().unwrap_or_default();
            assert!(parts.contains(name) || endings.iter().any(|each| each == ending), "{name} has a type");
        }
    }

    /// The kinds and parts that relationships lead to.
    fn relationships(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for (name, part) in self.parts.iter().filter(|(name, _)| name.ends_with(".rels")) {
            let ids: BTreeSet<&str> = part.children.iter().filter_map(|each| each.get("Id")).collect();
            assert_eq!(ids.len(), part.children.len(), "{name}: every id is there once");
            let folder = name.split_once("_rels/").expect("a folder").0;
            for each in part.children.iter().filter(|each| each.get("TargetMode") != Some("External")) {
                let target = each.get("Target").expect("a target");
                let target = target.strip_prefix('/').map_or_else(|| joined(folder, target), str::to_owned);
                assert!(self.names.contains(&target), "{name} leads to {target}");
                let kind = each.get("Type").expect("a kind").rsplit('/').next().unwrap_or_default();
                found.push((kind.to_owned(), target));
            }
        }
        found
    }

    fn sheet(&self, name: &str, sheet: &Element) {
        in_order(sheet, SHEET);
        let (folder, file) = name.rsplit_once('/').expect("a folder");
        let links = self.parts.get(&format!("{folder}/_rels/{file}.rels"));
        let linked = |kind: &str| {
            let links = links.into_iter().flat_map(|links| &links.children);
            let of_kind = |each: &&Element| each.get("Type").is_some_and(|each| each.ends_with(kind));
            let target = links.into_iter().find(of_kind)?.get("Target")?;
            self.parts
                .get(&target.strip_prefix('/').map_or_else(|| joined(&format!("{folder}/"), target), str::to_owned))
        };
        let styles = &self.parts["xl/styles.xml"];
        in_order(styles, STYLES);
        let formats = styles.child("cellXfs").expect("formats of cells");
        let fills = styles.child("fills").map_or(0, |fills| fills.children.len());
        for list in styles.children.iter().filter(|list| list.get("count").is_some()) {
            assert_eq!(list.get("count"), Some(list.children.len().to_string().as_str()), "{}", list.name);
        }
        let number = |each: &Element, name: &str| each.get(name).map_or(0, |number| number.parse().expect("a number"));
        assert!(formats.children.iter().all(|each| number(each, "fillId") < fills.max(1)), "fills are there");
        let mut met = Vec::new();
        sheet.walk(&mut met);
        let mut cells = met.iter().filter(|(each, _)| each.name == "c");
        assert!(cells.all(|(cell, _)| number(cell, "s") < formats.children.len()), "formats are there");
        let Some(comments) = linked("/comments") else { return };
        let authors = comments.child("authors").expect("authors").children.len();
        let list = &comments.child("commentList").expect("a list").children;
        let places: BTreeSet<&str> = list.iter().filter_map(|each| each.get("ref")).collect();
        assert_eq!(places.len(), list.len(), "one comment for a cell");
        assert!(list.iter().all(|each| number(each, "authorId") < authors && each.names() == ["text"]));
        let shapes = linked("/vmlDrawing").expect("boxes of the comments");
        let shapes = shapes.children.iter().filter(|each| each.name == "shape").count();
        assert_eq!(shapes, list.len(), "one box for a comment");
        assert!(sheet.child("legacyDrawing").is_some_and(|each| each.get("id").is_some()));
    }
}

/// A path from a folder, up over `..`.
fn joined(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => path.truncate(path.len().saturating_sub(1)),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// The order of the parts of a sheet, as far as workbooks of reports have them.
const SHEET: &[&str] = &[
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
];
const STYLES: &[&str] = &[
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors",
    "extLst",
];

fn in_order(element: &Element, order: &[&str]) {
    let place = |name: &&str| order.iter().position(|each| each == name).unwrap_or_else(|| panic!("{name} is known"));
    let names = element.names();
    assert!(names.is_sorted_by_key(place), "the order of {names:?}");
}

/// Comments hang between their marks, which stand where paragraphs hold marks; properties come first.
fn word(document: &Element, comments: Option<&Element>) {
    let mut met = Vec::new();
    document.walk(&mut met);
    let first = [("p", "pPr"), ("r", "rPr"), ("tc", "tcPr"), ("tr", "trPr"), ("tbl", "tblPr")];
    for (each, _) in &met {
        let properties = first.iter().find(|(name, _)| *name == each.name).map(|(_, properties)| *properties);
        let at = each.names().iter().position(|name| Some(*name) == properties);
        assert!(at.is_none_or(|at| at == 0), "{}: {:?}", each.name, each.names());
    }
    let marks = |name: &str| -> Vec<(usize, &str)> {
        let places = met.iter().enumerate().filter(|(_, (each, _))| each.name == name);
        places.map(|(at, (each, _))| (at, each.get("id").expect("a number"))).collect()
    };
    let (starts, ends, references) = (marks("commentRangeStart"), marks("commentRangeEnd"), marks("commentReference"));
    let inside = ["r", "rPr", "pPr", "t", "tr", "tbl", "fldSimple"];
    for (each, parent) in met.iter().filter(|(each, _)| each.name.starts_with("commentRange")) {
        assert!(!inside.contains(&parent.name.as_str()), "{} in {}", each.name, parent.name);
    }
    assert!(met.iter().all(|(each, parent)| each.name != "commentReference" || parent.name == "r"));
    let list = comments.map_or(&[][..], |comments| comments.children.as_slice());
    let ids: BTreeSet<&str> = list.iter().filter_map(|each| each.get("id")).collect();
    assert_eq!(ids.len(), list.len(), "every comment has a number of its own");
    for id in &ids {
        let at = |marks: &[(usize, &str)]| -> Vec<usize> {
            marks.iter().filter(|(_, each)| each == id).map(|(at, _)| *at).collect()
        };
        match (at(&starts).as_slice(), at(&ends).as_slice(), at(&references).as_slice()) {
            ([start], [end], [reference]) => assert!(start < end && end < reference, "the marks of {id}"),
            marks => panic!("the marks of {id}: {marks:?}"),
        }
    }
    assert!(references.iter().all(|(_, id)| ids.contains(id)), "every mark has its comment");
    for each in list {
        assert!(each.name == "comment" && each.get("author").is_some() && each.names().iter().all(|name| *name == "p"));
        assert!(!each.children.is_empty(), "a comment has a paragraph");
    }
}
