import subprocess
import sys

from player.playback.environment import prepare_environment


def test_the_protocols_are_never_left_to_others() -> None:
    environment = {"QT_FFMPEG_PROTOCOL_WHITELIST": "file,http,https,tcp"}
    prepare_environment(environment)
    assert environment["QT_FFMPEG_PROTOCOL_WHITELIST"] == "file,concatf"


def test_rules_of_the_listener_are_kept_and_ours_is_set_once() -> None:
    environment = {"QT_LOGGING_RULES": "qt.qpa.*=true"}
    prepare_environment(environment)
    prepare_environment(environment)
    assert environment["QT_LOGGING_RULES"] == "qt.multimedia.*=false;qt.qpa.*=true"


def test_preparing_and_the_engine_itself_load_no_multimedia() -> None:
    code = (
        "import sys; from player.playback.environment import prepare_environment; prepare_environment();"
        "assert not any(name.startswith('PySide6') for name in sys.modules);"
        "from PySide6.QtCore import QCoreApplication; app = QCoreApplication([]);"
        "from player.playback.engine import Engine; engine = Engine();"
        "assert 'PySide6.QtMultimedia' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
