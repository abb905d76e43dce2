"""Sound that is lost, on the real program and a real sound server: told plainly, and gone on with at the place."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import builders, tones
from tests.faults import sound_server
from tests.faults.driver import Program
from tests.faults.sound_server import HEADPHONES, SPEAKERS, SoundServer

pytestmark = pytest.mark.skipif(sound_server.missing() is not None, reason=f"no sound: {sound_server.missing()}")

FROM_MS = 40_000
CYCLE_MS = tones.CYCLE_S * 1000


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., SoundServer]]:
    servers: list[SoundServer] = []

    def started(*sinks: str) -> SoundServer:
        servers.append(SoundServer(tmp_path / "sound", sinks))
        return servers[-1]

    yield started
    for server in servers:
        server.end()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[SoundServer], Program]]:
    programs: list[Program] = []

    def started(server: SoundServer) -> Program:
        recording = builders.make_audio(tmp_path / "talk.opus", 120)
        programs.append(Program(tmp_path / "data", recording, environment=server.environment))
        program = programs[-1]
        program.until(lambda shown: shown["is_playing"])
        program.say(f"seek {FROM_MS}")
        program.until(lambda shown: shown["place_ms"] > FROM_MS + 2_000)
        return program

    yield started
    for program in programs:
        program.end()


def test_a_sound_server_that_dies_is_told_and_reconnect_goes_on_at_the_place(
    serve: Callable[..., SoundServer], start: Callable[[SoundServer], Program]
):
    server = serve(SPEAKERS)
    server.hear(SPEAKERS)
    program = start(server)
    server.kill()
    before = program.watch(1)[-1]
    lost = program.until(lambda shown: "lost" in shown["banner"])
    assert not lost["is_playing"]
    assert lost["place_ms"] - before["place_ms"] <= 500  # what stood still is no listening
    assert program.keeps(lost["place_ms"])

    server.start()
    ear = server.hear(SPEAKERS)
    program.say("reconnect")
    again = program.until(lambda shown: shown["is_playing"] and not shown["banner"])
    assert again["pid"] == lost["pid"]  # one process, started anew
    played = program.until(lambda shown: shown["place_ms"] > lost["place_ms"] + 1_500)
    heard_s = ear.media_s()
    assert heard_s is not None
    assert heard_s * 1000 == pytest.approx(played["place_ms"] % CYCLE_MS, abs=700)
    program.say("pause")
    program.until(lambda shown: not shown["is_playing"])
    program.quit()


def test_a_server_that_stays_away_is_told_again_and_nothing_is_played_into_silence(
    serve: Callable[..., SoundServer], start: Callable[[SoundServer], Program]
):
    server = serve(SPEAKERS)
    server.hear(SPEAKERS)
    program = start(server)
    server.kill()
    lost = program.until(lambda shown: "lost" in shown["banner"])
    program.say("reconnect")
    program.until(lambda shown: "no sound device" in shown["banner"])
    assert all(shown["place_ms"] == lost["place_ms"] and not shown["is_playing"] for shown in program.watch(1))
    server.start()
    server.hear(SPEAKERS)
    program.say("reconnect")
    program.until(lambda shown: shown["is_playing"] and shown["place_ms"] > lost["place_ms"] + 500)
    program.quit()


def test_a_window_that_is_closed_after_its_sound_was_lost_ends_in_order(
    serve: Callable[..., SoundServer], start: Callable[[SoundServer], Program]
):
    server = serve(SPEAKERS)
    server.hear(SPEAKERS)
    program = start(server)
    server.kill()
    program.until(lambda shown: "lost" in shown["banner"])
    server.start()
    program.watch(3)
    program.quit()


def test_headphones_that_are_pulled_out_pause_and_what_goes_on_is_heard_on_the_other_device(
    serve: Callable[..., SoundServer], start: Callable[[SoundServer], Program]
):
    server = serve(SPEAKERS, HEADPHONES)
    room, _ = server.hear(SPEAKERS), server.hear(HEADPHONES)
    program = start(server)
    assert room.media_s() is None
    server.take_away(HEADPHONES)
    gone = program.until(lambda shown: "taken away" in shown["banner"])
    assert not gone["is_playing"]
    assert program.keeps(gone["place_ms"])
    program.watch(1)
    assert room.media_s() is None
    program.say("play")
    played = program.until(lambda shown: shown["place_ms"] > gone["place_ms"] + 2_000)
    heard_s = room.media_s()
    assert heard_s is not None
    assert heard_s * 1000 == pytest.approx(played["place_ms"], abs=700)
    program.quit()
