package dev.aerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.host.Installation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AerieTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo --seconds 0|--seconds is at least 1",
                "demo --video no/such.mp4|--video: no such file: no/such.mp4",
                "replay 01K9 --speed 0|--speed is above 0 and at most 100",
                "export 01K9 --mcap a.mcap --fov 70|--points and --fov are of --rrd",
                "export 01K9 --rrd a.rrd --fov 180|--fov is above 0 and below 180 degrees",
                "rerun drone --fov 180|--fov is above 0 and below 180 degrees",
                "rerun drone --serve 65536|--serve takes a port, 0 to 65535, was 65536",
                "bench relay --readers 0|--readers takes numbers from 1 to 1000, was [0]",
                "eval vos no/such|eval vos: no such folder: no/such",
                "eval mot no/such|eval mot: no such folder: no/such",
                "eval mot . --tracker sort|no tracker 'sort', there are: bytetrack, ocsort, botsort",
                "eval sot no/such|eval sot: no such folder: no/such",
                "eval sot . --tracker mosse|--tracker: no tracker 'mosse', there are: nanotrack, kcf, csrt",
                "eval slam no/such|eval slam: no such folder: no/such",
                "eval slam sim:spin|eval slam: sim: no flight 'spin', there are: town, loop, turns, rotation, dark,"
                        + " crowd, straight, speeds, pivot, blackout, patrol, plaza, still, like_streets, twins",
                "eval slam sim:loop?fps=fast|eval slam: sim: fps is a number from 0 to 1000000, was fast",
                "eval slam . --repeat 0|eval slam takes DIR [--repeat N], N at least 1; or --soak N, N at least 100",
                "eval slam --table|eval slam takes --imu and --table with --seeds A..B",
                "eval slam --soak 5|eval slam takes DIR [--repeat N], N at least 1; or --soak N, N at least 100",
                "eval vos . --tracker sam2 --leave-one-out|--live and --leave-one-out are of tracker bilateral",
                "eval vos . --tracker magic|--tracker: no tracker 'magic', there are: bilateral, sam2",
                "bench speed|bench relay, segment, record, worker, attack, ptz or bus",
                "bench bus --streams 0|--streams takes numbers from 1 to 10000, was [0]",
                "bench record --streams 0|--streams takes numbers from 1 to 64, was [0]",
                "soak --tracker magic|--tracker: no tracker 'magic', there are: bilateral, sam2",
                "bench worker --minutes 0|--minutes is at least 1/60",
                "bench segment --objects 0|--objects takes numbers from 1 to 64, was [0]",
                "models fetch|models list, models get NAME or models import FILE [--as NAME]",
                "models get nothing|no model 'nothing', known: edgetam, grounding_dino, nanodet, nanotrack_backbone,"
                        + " nanotrack_head, osnet_x0_25_msmt17, sam2.1_base_plus, sam2.1_large, sam2.1_small, sam2.1_tiny,"
                        + " slam3r_i2p, slam3r_l2w, yolox_nano"
            })
    void execute_wrongArgument_saysInOneLineWhatIsExpected(String arguments, String line) {
        assertThat(execute(arguments.split(" ", -1))).isNotZero();

        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("aerie: " + line);
    }

    @Test
    void execute_unknownCommand_returnsUsageError() {
        assertThat(execute("fly")).isEqualTo(2);
    }

    /// The launcher runs what its usage lists: a command without a line there cannot be called.
    @Test
    void launcher_usage_listsEveryCommand() throws IOException {
        var usage = Files.readString(Installation.ofThisProcess().root().resolve("aerie"));

        var commands = Aerie.commandLine(Map.of(), System.out, System.err)
                .getSubcommands()
                .keySet();

        assertThat(commands).isNotEmpty().allSatisfy(name -> assertThat(usage).contains("\n#   " + name + " "));
    }

    private int execute(String... arguments) {
        var stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return Aerie.commandLine(Map.of(), stream, stream).execute(arguments);
    }
}
