package dev.aerie.rtsp.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.video.FrameSize;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebcamSystemTest {

    private static final FrameSize SIZE = new FrameSize(1280, 720);

    @ParameterizedTest
    @CsvSource({
        "Linux, /dev/video0, v4l2, /dev/video0",
        "Mac OS X, 0, avfoundation, 0:none",
        "Mac OS X, FaceTime HD Camera, avfoundation, FaceTime HD Camera:none",
        "Windows 11, Integrated Camera, dshow, video=Integrated Camera",
        "Windows 11, video=Integrated Camera, dshow, video=Integrated Camera"
    })
    void webcam_eachSystem_hasItsFormatAndAddress(String os, String device, String format, String address) {
        var system = WebcamSystem.of(os);

        var input = VideoInput.webcam("desk", system, device, SIZE, 30);

        assertThat(system.accepts(device)).isTrue();
        assertThat(input.format()).isEqualTo(format);
        assertThat(input.url()).isEqualTo(address);
        assertThat(input.options()).containsEntry("video_size", "1280x720").containsEntry("framerate", "30.0");
        assertThat(input.openTimeout()).isPositive().isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void options_pixelFormat_isGivenOnMacsAlone() {
        assertThat(WebcamSystem.MACOS.options(SIZE, 30)).containsEntry("pixel_format", "nv12");
        assertThat(WebcamSystem.LINUX.options(SIZE, 30))
                .isEqualTo(Map.of("video_size", "1280x720", "framerate", "30.0"));
        assertThat(WebcamSystem.WINDOWS.options(SIZE, 30)).doesNotContainKey("pixel_format");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/passwd", "/dev/../etc/passwd", "/dev/video0?x", "Camera"})
    void accepts_noDeviceOfLinux_isRefused(String device) {
        assertThat(WebcamSystem.LINUX.accepts(device)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0:0", "Camera:Microphone", "Capture screen 0", "capture Screen 1", "a\nb", "none"})
    void accepts_microphoneScreenOrNothing_isRefusedOnMacs(String device) {
        assertThat(WebcamSystem.MACOS.accepts(device)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "video=", "audio=Microphone", "video=a:audio=b", "video=a\"b", "a\u0000b"})
    void accepts_microphoneOrNothing_isRefusedOnWindows(String device) {
        assertThat(WebcamSystem.WINDOWS.accepts(device)).isFalse();
    }

    @Test
    void webcam_deviceThatIsNone_isRefused() {
        assertThatThrownBy(() -> VideoInput.webcam("desk", WebcamSystem.LINUX, "/etc/passwd", SIZE, 30))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/dev/video0");
    }
}
