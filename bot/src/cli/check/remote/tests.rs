use super::*;

#[test]
fn switches_are_compared_with_the_configuration() {
    let said = |wanted, flags| {
        let mut lines = Lines::default();
        intents(wanted, flags, &mut lines);
        lines.to_string()
    };
    insta::assert_snapshot!(said(true, 0), @r#"
    FAIL  Server Members Intent: off, though discord.members_intent is true: Discord would refuse the bot (4014)
          to mend: switch it on (https://discord.com/developers/applications, Bot, Privileged Gateway Intents), or set members_intent to false and name people in people_file
    ok    Message Content Intent: off: the bot reads no other messages

    1 to mend, 0 to think about, 1 in order
    "#);
    insta::assert_snapshot!(said(false, 1 << 15 | 1 << 19), @r#"
    warn  Server Members Intent: on, though discord.members_intent is false
          to mend: switch it off (https://discord.com/developers/applications, Bot, Privileged Gateway Intents): what is not needed should not be open
    warn  Message Content Intent: on, though the bot never needs it
          to mend: switch it off (https://discord.com/developers/applications, Bot, Privileged Gateway Intents): people should not have to trust that nobody reads along

    0 to mend, 2 to think about, 0 in order
    "#);
}
