"""One-line ways to break the bot, each with the tests that must see it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutant:
    """Replace the first ``old`` by ``new`` in ``src/paperbot/bot/<file>``; ``tests`` must fail."""

    name: str
    file: str
    old: str
    new: str
    tests: str


def _tests(file: str, *names: str) -> str:
    return " ".join(f"tests/bot/{file}.py::{name}" for name in names)


MUTANTS = (
    Mutant(
        "no acknowledgement before the work", "delivery.py",
        "await interaction.response.defer(ephemeral=private, thinking=True)", "pass",
        _tests("test_manners", "test_acknowledged_under_500_ms_while_the_engine_takes_4_s"),
    ),
    Mutant(
        "pings allowed", "client.py", "discord.AllowedMentions.none()",
        "discord.AllowedMentions.all()",
        _tests("test_answers", "test_recommend_is_private_to_the_asker"),
    ),
    Mutant(
        "replies ping the asker", "messages.py", "view=reply.view, mention_author=False",
        "view=reply.view, mention_author=True",
        _tests("test_answers", "test_a_mention_is_answered_with_papers_as_a_reply"),
    ),
    Mutant(
        "the engine runs on the event loop", "lanes.py",
        "self._jobs.put((call, loop, future, release))",
        "_settle(future, call(), None, release)",
        _tests("test_manners", "test_50_members_at_once_are_all_answered_and_the_heart_beats_on"),
    ),
    Mutant(
        "titles are not cut", "text.py", "if units(text) <= limit:", "if units(text) >= 0:",
        _tests("test_parts", "test_any_answer_fits_discords_limits"),
    ),
    Mutant(
        "titles are not escaped", "text.py", 'safe = _MARKUP.sub(r"\\\\\\1", cut(plain(text), limit))',
        "safe = cut(plain(text), limit)",
        _tests("test_limits", "test_hostile_questions_are_answered_harmlessly"),
    ),
    Mutant(
        "answers to commands are public", "delivery.py",
        "private = interaction.guild_id is not None", "private = False",
        _tests("test_answers", "test_recommend_is_private_to_the_asker"),
    ),
    Mutant(
        "other bots are answered", "messages.py", "if message.author.bot or message.webhook_id",
        "if message.webhook_id",
        _tests("test_answers", "test_answers_only_where_it_should"),
    ),
    Mutant(
        "every message is answered", "messages.py",
        "return any(member.id == me.id for member in message.mentions)", "return True",
        _tests("test_answers", "test_answers_only_where_it_should"),
    ),
    Mutant(
        "an event delivered twice is answered twice", "messages.py",
        "if message in self._seen:", "if message is None:",
        _tests("test_weather", "test_an_event_delivered_twice_is_answered_once"),
    ),
    Mutant(
        "a double click is answered twice", "clicks.py", "twice = key in self._recent",
        "twice = False",
        _tests("test_buttons", "test_a_double_click_is_answered_once"),
    ),
    Mutant(
        "anyone turns anyone's pages", "clicks.py", "own = button.owner == interaction.user.id",
        "own = button.owner != 0",
        _tests("test_buttons", "test_another_members_click_gets_a_page_of_their_own"),
    ),
    Mutant(
        "an unknown button is silent", "clicks.py",
        'await say(interaction, notice(_DEAD), door="button")', "pass",
        _tests("test_buttons", "test_a_dead_button_gets_a_polite_word"),
    ),
    Mutant(
        "ids of version one are forgotten", "ids.py", 'if version == "p1":',
        'if version == "p0":',
        _tests("test_buttons", "test_ids_of_version_one_are_still_read"),
    ),
    Mutant(
        "members may use /admin", "admin.py",
        "return interaction.guild_id is not None and interaction.permissions.manage_guild",
        "return interaction.guild_id is not None",
        _tests("test_upkeep", "test_admin_is_refused_to_members"),
    ),
    Mutant(
        "the token is logged", "logs.py", 'text = text.replace(self._secret, "[token]")',
        "text = str(text)",
        _tests("test_parts", "test_logs_are_json_hold_no_token_and_no_words_above_debug"),
    ),
    Mutant(
        "exceptions are logged with the words they quote", "logs.py", "        if self._debug:",
        "        if error is not None:",
        _tests("test_manners",
               "test_an_engine_error_is_a_sentence_with_an_id_that_the_log_explains"),
    ),
    Mutant(
        "no cooldown", "desk.py", "if cooldown and wait > 0:", "if cooldown and wait > 1e9:",
        _tests("test_manners", "test_a_cooldown_per_member_says_how_long"),
    ),
    Mutant(
        "no bound on what waits", "lanes.py", "if self._held >= self._limit:",
        "if self._held < 0:",
        _tests("test_manners", "test_beyond_capacity_it_refuses_politely"),
    ),
    Mutant(
        "completion rather late than empty", "desk.py", "timeout=self.config.complete_timeout",
        "timeout=60.0",
        _tests("test_manners", "test_completion_is_empty_rather_than_late"),
    ),
    Mutant(
        "a privileged intent is asked for", "client.py",
        "intents.message_content = config.channel is not None", "intents.message_content = True",
        _tests("test_answers", "test_asks_for_no_privileged_intent"),
    ),
    Mutant(
        "a late acknowledgement is not survived", "delivery.py", "except LOST as error:",
        "except ZeroDivisionError as error:",
        _tests("test_manners", "test_a_late_acknowledgement_is_survived"),
    ),
    Mutant(
        "a missing permission is logged each time", "messages.py",
        "if channel in self._denied:", "if channel == 0:",
        _tests("test_manners", "test_a_missing_permission_is_logged_once"),
    ),
    Mutant(
        "commands are synced at each start", "client.py",
        "if not force and _read_mark(self.config) == mark:", "if mark is None:",
        _tests("test_upkeep", "test_commands_are_synced_only_when_they_changed"),
    ),
    Mutant(
        "lists are built while someone writes", "watcher.py",
        "seen = await self._quiet(at_once=force)", "seen = await self._quiet(at_once=True)",
        _tests("test_upkeep", "test_a_list_is_not_built_while_someone_writes"),
    ),
    Mutant(
        "a new index is built but not swapped in", "watcher.py",
        "                await self._desk.upkeep(engine.reload)\n", "                pass\n",
        _tests("test_upkeep",
               "test_a_changed_list_is_noticed_built_and_swapped_in_under_load"),
    ),
    Mutant(
        "the first gateway failure ends the bot", "client.py",
        "if self.ws is not None or self.is_closed():", "if self is not None:",
        _tests("test_weather", "test_a_gateway_that_is_down_at_the_start_is_waited_for"),
    ),
    Mutant(
        "SIGTERM kills it", "run.py", "loop.add_signal_handler(number, stop.set)", "pass",
        _tests("test_process", "test_sigterm_ends_an_idle_bot_within_5_s"),
    ),
)  # fmt: skip
