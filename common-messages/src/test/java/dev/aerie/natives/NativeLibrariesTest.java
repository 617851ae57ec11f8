package dev.aerie.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NativeLibrariesTest {

    private static final String NO_FILE = ": cannot open shared object file: No such file or directory";

    @Test
    void load_allThatAreThere_loadsEachOnceAndSaysNothing() {
        var loaded = new ArrayList<String>();
        var libraries = new NativeLibraries(
                List.of(
                        new NativeLibrary("one", () -> loaded.add("one")),
                        new NativeLibrary("two", () -> loaded.add("two"))),
                new FakeSystem(Set.of(), true));

        assertThat(libraries.load()).isEmpty();
        assertThat(loaded).containsExactly("one", "two");
    }

    @Test
    void load_libraryOfTheSystemMissing_namesItWithItsPackage() {
        var libraries = failing("FFmpeg avdevice", new UnsatisfiedLinkError("libpulse.so.0" + NO_FILE));

        assertThat(libraries.load())
                .contains("libpulse.so.0 is missing, which FFmpeg avdevice needs: apt-get install libpulse0");
    }

    @Test
    void load_asJavaCppSaysIt_namesTheLibraryBehindItsOwn() {
        var failure = new UnsatisfiedLinkError("no jniavdevice in java.library.path: /usr/lib64:/lib64:/lib:/usr/lib");
        failure.initCause(
                new UnsatisfiedLinkError("/home/u/.javacpp/cache/ffmpeg.jar/libjniavdevice.so: libxcb.so.1" + NO_FILE));

        assertThat(failing("FFmpeg avdevice", failure).load())
                .contains("libxcb.so.1 is missing, which FFmpeg avdevice needs: apt-get install libxcb1");
    }

    @Test
    void load_moreIsMissingThanTheLinkerSays_namesAllPackagesAtOnce() {
        var library =
                new NativeLibrary("FFmpeg avdevice", List.of("libxcb.so.1", "libpulse.so.0", "libasound.so.2"), () -> {
                    throw new UnsatisfiedLinkError("libxcb.so.1" + NO_FILE);
                });
        var libraries = new NativeLibraries(List.of(library), new FakeSystem(Set.of("libasound.so.2"), true));

        assertThat(libraries.load())
                .contains("libxcb.so.1, libpulse.so.0 are missing, which FFmpeg avdevice needs: "
                        + "apt-get install libxcb1 libpulse0");
    }

    @Test
    void load_twoLackTheSame_saysItOnce() {
        NativeLibrary.Load load = () -> {
            throw new UnsatisfiedLinkError("libstdc++.so.6" + NO_FILE);
        };
        var libraries = new NativeLibraries(
                List.of(new NativeLibrary("FFmpeg avutil", load), new NativeLibrary("OpenCV core", load)),
                new FakeSystem(Set.of(), true));

        assertThat(libraries.load())
                .contains("libstdc++.so.6 is missing, which FFmpeg avutil needs: apt-get install libstdc++6");
    }

    @Test
    void load_libraryOfUnknownPackage_saysHowToFindIt() {
        assertThat(failing("X", new UnsatisfiedLinkError("libfoo.so.3" + NO_FILE))
                        .load())
                .contains("libfoo.so.3 is missing, which X needs: apt-file search libfoo.so.3 names the package");
    }

    @Test
    void load_systemTooOld_namesTheVersion() {
        var failure = new UnsatisfiedLinkError("/x/libonnxruntime.so: /lib/x86_64-linux-gnu/libc.so.6: version "
                + "`GLIBC_2.38' not found (required by /x/libonnxruntime.so)");

        assertThat(failing("ONNX Runtime", failure).load().orElseThrow())
                .startsWith("ONNX Runtime needs GLIBC_2.38, for which this system's libraries are too old");
    }

    @Test
    void load_fromAFolderWhereNothingMayRun_namesFolderAndSetting() {
        var failure = new UnsatisfiedLinkError("/home/u/.javacpp/cache/a.jar/libjniavutil.so: "
                + "/home/u/.javacpp/cache/a.jar/libjniavutil.so: failed to map segment from shared object");

        assertThat(failing("FFmpeg avutil", failure).load())
                .contains("FFmpeg avutil cannot be loaded from /home/u/.javacpp/cache/a.jar, where nothing may run "
                        + "(a mount with noexec): start Java with -Dorg.bytedeco.javacpp.cachedir=FOLDER");
    }

    @Test
    void load_loaderThatHidesTheReason_looksWhetherAnythingMayRunInTheTemporaryFolder() {
        NativeLibrary.Load load = () -> {
            throw new Exception("No native library found for os.name=Linux");
        };
        var libraries =
                new NativeLibraries(List.of(new NativeLibrary("SQLite", load)), new FakeSystem(Set.of(), false));

        assertThat(libraries.load().orElseThrow())
                .startsWith("SQLite cannot be loaded from ")
                .endsWith("(a mount with noexec): start Java with -Djava.io.tmpdir=FOLDER");
    }

    @Test
    void load_anotherReason_isSaidAsItIs() {
        assertThat(failing("X", new NoClassDefFoundError("no x for this platform\nmore"))
                        .load())
                .contains("X cannot be loaded: no x for this platform");
    }

    @Test
    void ofThisMachine_knowsWhatIsThereAndWhatIsNot() {
        assertThat(SystemLibraries.OF_THIS_MACHINE.has("libno-such-thing.so.77"))
                .isFalse();
        assertThat(SystemLibraries.OF_THIS_MACHINE.runsFrom(Path.of("/no/such/folder")))
                .isFalse();
    }

    private static NativeLibraries failing(String name, LinkageError failure) {
        NativeLibrary.Load load = () -> {
            throw failure;
        };
        return new NativeLibraries(List.of(new NativeLibrary(name, load)), new FakeSystem(Set.of(), true));
    }

    private record FakeSystem(Set<String> libraries, boolean runs) implements SystemLibraries {

        @Override
        public boolean has(String library) {
            return libraries.contains(library);
        }

        @Override
        public boolean runsFrom(Path temporaryFolder) {
            return runs;
        }
    }
}
