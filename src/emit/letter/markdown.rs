//! Letters as Markdown.

use super::Block;

pub(super) fn write(letters: &[Vec<Block>]) -> String {
    let letters: Vec<String> = letters.iter().map(|letter| letter.iter().map(block).collect::<String>()).collect();
    letters.join("\n---\n\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Title(text) => format!("# {}\n\n", plain(text)),
        Block::Heading(text) => format!("## {}\n\n", plain(text)),
        Block::Flush(text) | Block::Paragraph(text) | Block::Sign(text) => format!("{}\n\n", plain(text)),
        Block::Item(text, details) => {
            let details: String = details.iter().map(|line| format!("- {}\n", plain(line))).collect();
            format!("**{}**\n\n{details}\n", plain(text))
        }
        Block::Answers(title, rows) => format!("## {}\n\n{}", plain(title), table(rows)),
    }
}

fn table(rows: &[Vec<String>]) -> String {
    let row = |cells: &Vec<String>| {
        let cells: Vec<String> = cells.iter().map(|cell| plain(cell).replace('|', "\\|")).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let mut out = String::new();
    for (index, cells) in rows.iter().enumerate() {
        out += &row(cells);
        if index == 0 {
            out += &format!("|{}\n", " --- |".repeat(cells.len()));
        }
    }
    out
}

/// Text of a report that no reader of Markdown takes for marks.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '*' | '_' | '`' | '<' | '[' | ']' | '\\' | '#') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_cannot_write_marks() {
        assert_eq!(plain("*a*<b>[c](d)"), "\\*a\\*\\<b>\\[c\\](d)");
        let rows = [vec!["序号".into(), "问题".into()], vec!["1".into(), "甲|乙".into()]];
        assert_eq!(table(&rows), "| 序号 | 问题 |\n| --- | --- |\n| 1 | 甲\\|乙 |\n");
    }
}
