//! A browser driven by chromedriver, over plain HTTP on this machine.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

/// Headless, with nothing that looks for the network or keeps anything.
const ARGUMENTS: &[&str] = &[
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--window-size=1440,900",
];

/// Longer than any step takes on a slow machine.
const PATIENCE: Duration = Duration::from_secs(120);

pub(crate) struct Browser {
    driver: Child,
    port: u16,
    session: String,
}

impl Browser {
    /// A browser of its own; why not where none is installed.
    pub(crate) fn start(profile: &Path) -> Result<Browser, String> {
        let mut command = Command::new("chromedriver");
        command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut driver = command.spawn().map_err(|error| format!("chromedriver does not start: {error}"))?;
        let said = BufReader::new(driver.stdout.take().expect("it was piped")).lines().map_while(Result::ok);
        let port = said
            .filter_map(|line| line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok())
            .next()
            .ok_or("chromedriver names no port")?;
        let mut browser = Browser { driver, port, session: String::new() };
        let mut arguments: Vec<String> = ARGUMENTS.iter().map(|&argument| argument.into()).collect();
        arguments.push(format!("--user-data-dir={}", profile.display()));
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"args": arguments}, "goog:loggingPrefs": {"browser": "ALL"}}}});
        let made = browser.ask("POST", "/session", &wanted);
        match made["sessionId"].as_str() {
            Some(session) => browser.session = session.to_owned(),
            None => return Err(format!("no browser starts: {}", made["message"].as_str().unwrap_or_default())),
        }
        Ok(browser)
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = if method == "POST" { body.to_string() } else { String::new() };
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("chromedriver listens");
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n",
            self.port,
            body.len()
        );
        stream.set_read_timeout(Some(PATIENCE)).expect("a stream takes a limit");
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).expect("chromedriver reads");
        let answer = read_answer(BufReader::new(stream));
        let mut value: Value = serde_json::from_slice(&answer).expect("chromedriver answers JSON");
        value["value"].take()
    }

    fn call(&self, path: &str, body: &Value) -> Value {
        self.ask("POST", &format!("/session/{}/{path}", self.session), body)
    }

    pub(crate) fn open(&self, page: &Path) {
        self.call("url", &json!({"url": format!("file://{}", page.display())}));
    }

    /// What a script returns.
    pub(crate) fn run(&self, script: &str) -> Value {
        self.call("execute/sync", &json!({"script": script, "args": []}))
    }

    /// Presses keys one after the other.
    pub(crate) fn press(&self, keys: &str) {
        let actions: Vec<Value> = keys
            .chars()
            .flat_map(|key| [json!({"type": "keyDown", "value": key}), json!({"type": "keyUp", "value": key})])
            .collect();
        self.call("actions", &json!({"actions": [{"type": "key", "id": "keys", "actions": actions}]}));
    }

    /// Clicks the first element that a selector finds.
    pub(crate) fn click(&self, selector: &str) {
        // Scrolling closes what a click opens, so it has to be over first.
        let found = self.run(&format!(
            "const e = document.querySelector({selector:?}); e.scrollIntoView({{block: 'center', behavior: 'instant'}});
             return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {{ e.click(); done(true); }})))"
        ));
        assert_eq!(found, true, "nothing to click at {selector}");
    }

    /// What the page complained of.
    pub(crate) fn complaints(&self) -> Value {
        self.call("se/log", &json!({"type": "browser"}))
    }
}

/// The body of an answer. The driver keeps the connection open, so its length is what the head says.
fn read_answer(mut stream: BufReader<TcpStream>) -> Vec<u8> {
    let (mut line, mut length) = (String::new(), 0);
    while stream.read_line(&mut line).is_ok_and(|read| read > 2) {
        if let Some((_, value)) = line.to_lowercase().split_once("content-length:") {
            length = value.trim().parse().expect("a length is a number");
        }
        line.clear();
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).expect("chromedriver answers in time");
    body
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            self.ask("DELETE", &format!("/session/{}", self.session), &Value::Null);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
