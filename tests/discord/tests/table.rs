//! The program, by hand: what is typed, and what comes back.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::process::Stdio;

use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// The running program. It ends with the test.
struct Program {
    _child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
    api: String,
    users: Vec<(String, String)>,
}

impl Program {
    async fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_discord-stand-in"))
            // What is asked here is not what the bot asks.
            .env_remove("BELLWETHER_RECORD_DIR")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
        let (mut api, mut users) = (String::new(), Vec::new());
        loop {
            let line = output.next_line().await.unwrap().unwrap();
            if let Some(url) = line.strip_prefix("api_url = ") {
                url.trim_matches('"').clone_into(&mut api);
            }
            if let Some((name, id)) = line.strip_prefix("# user ").and_then(|rest| rest.split_once(" = ")) {
                users.push((name.to_owned(), id.trim_matches('"').to_owned()));
            }
            if line.trim_start_matches('#').trim() == "quit" {
                break;
            }
        }
        Self {
            _child: child,
            input,
            output,
            api,
            users,
        }
    }

    async fn types(&mut self, line: &str) {
        self.input.write_all(format!("{line}\n").as_bytes()).await.unwrap();
    }

    async fn says(&mut self) -> String {
        self.output.next_line().await.unwrap().unwrap()
    }

    /// What the bot asks over REST.
    async fn bot(&self, method: Method, path: &str, body: Value) -> Value {
        let client = reqwest::Client::builder()
            .user_agent("DiscordBot (x, 1)")
            .build()
            .unwrap();
        let request = client.request(method, format!("{}/v10{path}", self.api)).json(&body);
        let answer = request
            .header("authorization", "Bot stand-in-token")
            .send()
            .await
            .unwrap();
        answer.json().await.unwrap()
    }
}

#[tokio::test]
async fn whoever_waits_for_the_bot_holds_up_nobody_else() {
    let mut program = Program::start().await;
    let me = program.bot(Method::GET, "/users/@me", Value::Null).await;
    let commands = json!([{"name": "hello", "description": "says hello"}, {"name": "Look at this", "type": 3}]);
    let path = format!("/applications/{}/commands", me["id"].as_str().unwrap());
    program.bot(Method::PUT, &path, commands).await;
    program.types("post staff general good morning").await;
    assert_eq!(program.says().await, "wrote \"good morning\"");
    // No bot runs that would answer these two.
    program.types("slash manager hello").await;
    program.types("menu owner general Look at this").await;
    program.types("read staff general").await;
    assert_eq!(
        (program.says().await, program.says().await),
        ("--- you".to_owned(), "good morning".to_owned())
    );
}

#[tokio::test]
async fn a_menu_is_shown_and_chosen_from() {
    let mut program = Program::start().await;
    let manager = program
        .users
        .iter()
        .find(|(name, _)| name == "manager")
        .unwrap()
        .1
        .clone();
    let channel = program
        .bot(Method::POST, "/users/@me/channels", json!({"recipient_id": manager}))
        .await;
    let options = json!([{"label": "One", "value": "1"}, {"label": "Two", "value": "2"}]);
    let menu = json!({"type": 3, "custom_id": "m", "placeholder": "pick one", "options": options});
    let message = json!({"content": "a menu", "components": [{"type": 1, "components": [menu]}]});
    let path = format!("/channels/{}/messages", channel["id"].as_str().unwrap());
    program.bot(Method::POST, &path, message).await;
    program.types("show manager").await;
    let shown = [program.says().await, program.says().await, program.says().await];
    assert_eq!(shown, ["--- bot", "a menu", "<pick one: One; Two>"]);
    program.types("choose manager Three").await;
    assert_eq!(program.says().await, "! no menu offers that");
    program.types("choose manager One; Two").await;
    assert_eq!(program.says().await, "! bad input: 1 to 1 values");
}
