package dev.aerie.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {

    private final Settings settings = new Settings(List.of(
            Setting.whole("API_PORT", "where it listens", 5001, "port", 1, 65_535),
            Setting.decimal("DEAD_ZONE", "half-width of the still zone", 0.05, "share of width", 0, 0.5),
            Setting.choice("DEVICE", "where models run", "auto", List.of("auto", "cpu", "cuda")),
            Setting.choice("SAM2_VOS_OPTIMIZED", "compiled models", "false", List.of("true", "false")),
            Setting.text("STREAM_NAME", "which stream", "drone"),
            new Setting("RABBITMQ_URL", "the broker", "", "", "amqp://…", url -> url.startsWith("amqp://"))));

    @ParameterizedTest
    @CsvSource({
        "API_PORT, 1",
        "API_PORT, 65535",
        "DEAD_ZONE, 0",
        "DEAD_ZONE, 0.5",
        "DEVICE, cuda",
        "SAM2_VOS_OPTIMIZED, true",
        "STREAM_NAME, anything at all",
        "RABBITMQ_URL, amqp://guest:secret@broker/",
        "API_PORT, ''",
        "NOT_OURS, whatever",
    })
    void check_allowedValue_passes(String name, String value) {
        assertThatCode(() -> settings.check(Map.of(name, value))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "API_PORT | 0 | API_PORT is '0', allowed: 1..65535",
                "API_PORT | 65536 | API_PORT is '65536', allowed: 1..65535",
                "API_PORT | many | API_PORT is 'many', allowed: 1..65535",
                "DEAD_ZONE | 0.6 | DEAD_ZONE is '0.6', allowed: 0.0..0.5",
                "DEAD_ZONE | NaN | DEAD_ZONE is 'NaN', allowed: 0.0..0.5",
                "DEVICE | gpu | DEVICE is 'gpu', allowed: auto, cpu, cuda",
                "SAM2_VOS_OPTIMIZED | yes | SAM2_VOS_OPTIMIZED is 'yes', allowed: true, false",
            })
    void check_wrongValue_saysVariableValueAndWhatIsAllowed(String name, String value, String expected) {
        assertThatThrownBy(() -> settings.check(Map.of(name, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(expected);
    }

    @Test
    void check_wrongSecret_isNotRepeated() {
        assertThatThrownBy(() -> settings.check(Map.of("RABBITMQ_URL", "http://guest:secret@broker/")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("RABBITMQ_URL is '…', allowed: amqp://…");
    }

    @Test
    void toMarkdown_hasOneRowPerVariable() {
        assertThat(settings.toMarkdown().lines())
                .hasSize(2 + 6)
                .contains(
                        "| `API_PORT` | where it listens | `5001` | port | 1..65535 |",
                        "| `RABBITMQ_URL` | the broker |  |  | amqp://… |");
    }

    @Test
    void defaultsOfEmpty_onlyWhatIsSetToNothingAndHasADefault() {
        assertThat(settings.defaultsOfEmpty(
                        Map.of("API_PORT", "", "DEVICE", "cpu", "RABBITMQ_URL", "", "NOT_OURS", "")))
                .isEqualTo(Map.of("API_PORT", "5001"));
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost", "''"})
    void requireBeyondLoopback_thisMachineOnly_needsNoCredentials(String host) {
        assertThatCode(() -> Settings.requireBeyondLoopback(List.of("AERIE_PASSWORD"), Map.of("BIND_HOST", host)))
                .doesNotThrowAnyException();
    }

    @Test
    void requireBeyondLoopback_openToOthers_namesTheCredentialsThatAreMissing() {
        var environment = Map.of(
                "BIND_HOST", "0.0.0.0", "AERIE_USERNAME", "pilot", "AERIE_PASSWORD", "", "TLS_TERMINATED", "true");
        assertThatThrownBy(
                        () -> Settings.requireBeyondLoopback(List.of("AERIE_USERNAME", "AERIE_PASSWORD"), environment))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("BIND_HOST is '0.0.0.0', beyond loopback, allowed only with AERIE_PASSWORD set too");
    }

    @Test
    void requireBeyondLoopback_openToOthersInTheClear_isRefused() {
        assertThatThrownBy(() -> Settings.requireBeyondLoopback(List.of(), Map.of("BIND_HOST", "0.0.0.0")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("TLS_CERTIFICATE with TLS_KEY, or TLS_TERMINATED=true");
        for (var encrypted : List.of(
                Map.of("BIND_HOST", "0.0.0.0", "TLS_TERMINATED", "true"),
                Map.of("BIND_HOST", "0.0.0.0", "TLS_CERTIFICATE", "cert.pem"))) {
            assertThatCode(() -> Settings.requireBeyondLoopback(List.of(), encrypted))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void requireLoginKey_issuerWithoutIt_isRefused() {
        assertThatThrownBy(() -> Settings.requireLoginKey(Map.of("OIDC_URL", "https://issuer.example")))
                .hasMessageContaining("LOGIN_KEY");
        assertThatCode(() -> Settings.requireLoginKey(Map.of("OIDC_URL", "https://issuer.example", "LOGIN_KEY", "k")))
                .doesNotThrowAnyException();
    }

    @Test
    void requireKeyAndCertificate_oneAlone_isRefused() {
        assertThatThrownBy(() -> Settings.requireKeyAndCertificate(Map.of("TLS_KEY", "key.pem")))
                .isInstanceOf(InvalidSettingException.class);
        assertThatThrownBy(() -> Settings.requireKeyAndCertificate(Map.of("TLS_CERTIFICATE", "cert.pem")))
                .isInstanceOf(InvalidSettingException.class);
        assertThatCode(() -> Settings.requireKeyAndCertificate(Map.of())).doesNotThrowAnyException();
    }

    private final Settings inOtherWords = new Settings(List.of(
            Setting.choice("TRACKER", "what follows", "auto", List.of("auto", "mot"))
                    .taking("yolo_track", "mot")
                    .refusing("iou", "which lost objects; take mot"),
            Setting.choice("VIDEO_MODE", "through the video", "true", List.of("true", "false"))
                    .alsoCalled("SAM_VIDEO_MODE"),
            Setting.choice("DETECTOR", "what finds", "auto", List.of("auto", "motion"))
                    .alsoCalled("MODEL_ID"),
            Setting.choice("SAM2_MODEL", "its model", "auto", List.of("auto", "edgetam"))
                    .alsoCalled("MODEL_ID")));

    @Test
    void translated_anotherNameOrValue_countsAsOurs() {
        assertThat(inOtherWords.translated(Map.of("TRACKER", "yolo_track", "SAM_VIDEO_MODE", "false")))
                .isEqualTo(Map.of("TRACKER", "mot", "VIDEO_MODE", "false"));
        assertThat(inOtherWords.translated(Map.of("TRACKER", "mot", "VIDEO_MODE", "true")))
                .isEmpty();
        assertThat(inOtherWords.translated(Map.of("VIDEO_MODE", "", "SAM_VIDEO_MODE", "false")))
                .isEqualTo(Map.of("VIDEO_MODE", "false"));
    }

    @Test
    void translated_aNameThatSettingsShare_belongsToThoseThatTakeItsValue() {
        assertThat(inOtherWords.translated(Map.of("MODEL_ID", "edgetam"))).isEqualTo(Map.of("SAM2_MODEL", "edgetam"));
        assertThat(inOtherWords.translated(Map.of("MODEL_ID", "motion"))).isEqualTo(Map.of("DETECTOR", "motion"));
    }

    @Test
    void contradictions_twoNamesThatDisagree_ourNameHoldsAndALineSaysSo() {
        var environment = Map.of("VIDEO_MODE", "true", "SAM_VIDEO_MODE", "false");
        assertThat(inOtherWords.translated(environment)).isEmpty();
        assertThat(inOtherWords.contradictions(environment))
                .containsExactly(
                        "VIDEO_MODE is 'true', SAM_VIDEO_MODE is 'false', another name of it: VIDEO_MODE holds");
        assertThat(inOtherWords.contradictions(Map.of("VIDEO_MODE", "true", "SAM_VIDEO_MODE", "true")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SAM_VIDEO_MODE | maybe | SAM_VIDEO_MODE is 'maybe', allowed: true, false",
                "MODEL_ID | yolo9000 | MODEL_ID is 'yolo9000', allowed: auto, motion for DETECTOR; auto, edgetam for"
                        + " SAM2_MODEL",
                "TRACKER | iou | TRACKER is 'iou', which lost objects; take mot",
            })
    void check_otherWordsThatNoSettingTakes_areRefusedByTheNameThatWasUsed(String name, String value, String expected) {
        assertThatThrownBy(() -> inOtherWords.check(Map.of(name, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(expected);
    }

    @Test
    void toMarkdown_otherWords_standBehindTheMeaning() {
        assertThat(inOtherWords.toMarkdown().lines())
                .contains(
                        "| `TRACKER` | what follows (`yolo_track` is `mot`) | `auto` |  | auto, mot |",
                        "| `VIDEO_MODE` | through the video (also called `SAM_VIDEO_MODE`) | `true` |  | true, false |");
    }
}
