package dev.aerie.rtsp.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.natives.NativeLibrary;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InputFormatsTest {

    private final AtomicInteger loads = new AtomicInteger();
    private final InputFormats formats = new InputFormats(new NativeLibrary("FFmpeg avdevice", () -> {
        loads.incrementAndGet();
        throw new UnsatisfiedLinkError("libpulse.so.0: cannot open shared object file: No such file or directory");
    }));

    @ParameterizedTest
    @ValueSource(strings = {"rtsp", "mov", "matroska", "h264"})
    void find_streamOrFile_loadsNoDeviceLibrary(String format) throws Exception {
        assertThat(formats.find(format).name().getString()).contains(format);

        assertThat(loads).hasValue(0);
    }

    @Test
    void find_device_loadsTheDeviceLibrary() {
        assertThatThrownBy(() -> formats.find("no-such-device"));

        assertThat(loads).hasValue(1);
    }

    @Test
    void find_deviceWithoutItsLibrary_namesThePackageEachTimeAndTriesOnce() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> formats.find("no-such-device"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no device can be opened: libpulse.so.0 is missing, which FFmpeg avdevice needs: "
                            + "apt-get install libpulse0");
        }
        assertThat(loads).hasValue(1);
    }
}
