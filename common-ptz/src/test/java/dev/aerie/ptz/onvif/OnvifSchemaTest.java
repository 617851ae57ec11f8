package dev.aerie.ptz.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.auth.Credentials;
import dev.aerie.messages.testing.SharedData;
import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.device.DeviceServerConfig;
import dev.aerie.ptz.device.RecordingDevice;
import dev.aerie.ptz.device.Traffic;
import dev.aerie.ptz.device.onvif.OnvifFeatures;
import dev.aerie.ptz.device.onvif.OnvifFeatures.Login;
import dev.aerie.ptz.device.onvif.OnvifFeatures.Media;
import dev.aerie.ptz.device.onvif.OnvifServer;
import dev.aerie.ptz.http.CameraEndpoint;
import dev.aerie.ptz.soap.OnvifNames;
import dev.aerie.ptz.soap.OnvifSchemas;
import dev.aerie.ptz.xml.XmlElement;
import dev.aerie.settings.cameras.FieldOfView;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.SAXException;

/// Every message that either side sends is one that ONVIF's own schemas allow.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OnvifSchemaTest {

    private static final Credentials OPERATOR = new Credentials("operator", "s3cret");
    private static final PtzVelocity FULL_SPEED = new PtzVelocity(100, 50, 0.5);
    private static final OnvifFeatures PLAIN =
            OnvifFeatures.of("gate & <yard>", URI.create("rtsp://127.0.0.1:8554/gate"));

    private OnvifSchemas schemas;

    @BeforeAll
    void readSchemas() throws Exception {
        schemas = new OnvifSchemas(SharedData.require("data/onvif/wsdl"));
    }

    static Stream<OnvifFeatures> cameras() {
        return Stream.of(
                PLAIN.withLogins(Login.HTTP_DIGEST),
                PLAIN.withLogins(Login.USERNAME_TOKEN).withMedia(Media.VERSION_2),
                PLAIN.withDegrees().withMedia(Media.VERSION_1),
                PLAIN.withFieldOfView(FieldOfView.ofWidest(60)));
    }

    @ParameterizedTest
    @MethodSource("cameras")
    void wholeSession_everyMessage_isValid(OnvifFeatures features) throws Exception {
        var traffic = new Traffic();
        var config = DeviceServerConfig.onLoopback(OPERATOR).withFilters(traffic);
        try (var server = OnvifServer.start(new RecordingDevice(), features, config)) {
            var endpoint = new CameraEndpoint("gate", server.uri(), Optional.of(OPERATOR), Duration.ofSeconds(20));
            try (var camera = new OnvifCamera(endpoint, options(), InstantSource.system())) {
                drive(camera);
            }
            askTheRest(endpoint);
            askMedia(endpoint, features);
        }

        var operations = new TreeSet<String>();
        for (Traffic.Message message : Stream.concat(traffic.requests().stream(), traffic.answers().stream())
                .toList()) {
            schemas.validate(message.body());
            operations.add(message.body().replaceFirst("(?s).*<s:Body><\\w+:(\\w+).*", "$1"));
        }
        assertThat(operations.contains("RelativeMove"))
                .isEqualTo(features.degrees() || features.fieldOfView().isPresent());
        assertThat(operations)
                .contains("Fault", "ContinuousMove", "ContinuousMoveResponse")
                .contains("AbsoluteMove", "AbsoluteMoveResponse", "Stop", "StopResponse", "GetStatusResponse")
                .contains("GetPresetsResponse", "SetPresetResponse", "GotoPresetResponse", "RemovePresetResponse")
                .contains("GetNodesResponse", "GetConfigurationsResponse", "GetConfigurationOptionsResponse")
                .contains("GetServicesResponse", "GetCapabilitiesResponse", "GetProfilesResponse");
    }

    @Test
    void validate_wrongMessages_areRefused() {
        String good = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body>"
                + "<p:Stop xmlns:p=\"http://www.onvif.org/ver20/ptz/wsdl\"><p:ProfileToken>a</p:ProfileToken></p:Stop>"
                + "</s:Body></s:Envelope>";

        assertThat(validates(good)).isTrue();
        assertThat(validates(good.replace("p:ProfileToken", "p:Profile"))).isFalse();
        assertThat(validates(good.replace("p:Stop", "p:Halt"))).isFalse();
        assertThat(validates(good.replace("<s:Body>", "<s:Header><x/></s:Header><s:Body>")))
                .isFalse();
    }

    private boolean validates(String message) {
        try {
            schemas.validate(message);
            return true;
        } catch (SAXException | IOException _) {
            return false;
        }
    }

    private static OnvifOptions options() {
        return new OnvifOptions(Optional.empty(), Optional.empty(), FULL_SPEED, Optional.of(FieldOfView.ofWidest(60)));
    }

    private static void drive(OnvifCamera camera) throws PtzException {
        camera.capabilities();
        camera.moveAt(new PtzVelocity(-33.3, 12, 0.1), Duration.ofMillis(1250));
        camera.moveTo(new PtzPosition(-17.123456789, -45, 1));
        camera.moveBy(1.5, -2, 1);
        camera.stop();
        camera.position();
        var preset = camera.savePreset("by the gate <1> & 2");
        camera.savePreset("by the gate <1> & 2");
        camera.presets();
        camera.goToPreset(preset.id());
        camera.removePreset(preset.id());
        assertThatThrownBy(() -> camera.goToPreset("none")).isInstanceOf(PtzException.class);
    }

    /// What other clients ask and ours does not.
    private static void askTheRest(CameraEndpoint endpoint) throws PtzException {
        try (var transport = new OnvifTransport(endpoint, InstantSource.system())) {
            String device = "/onvif/device_service";
            for (String name : List.of(
                    "GetSystemDateAndTime",
                    "GetServiceCapabilities",
                    "GetDeviceInformation",
                    "GetScopes",
                    "GetHostname")) {
                transport.call(device, OnvifTransport.device(name));
            }
            transport.call(
                    device,
                    OnvifTransport.device("GetCapabilities", XmlElement.ofText(OnvifNames.DEVICE, "Category", "All")));
            transport.call(
                    device,
                    OnvifTransport.device(
                            "GetServices", XmlElement.ofText(OnvifNames.DEVICE, "IncludeCapability", "true")));
            String ptz = "/onvif/ptz_service";
            transport.call(ptz, OnvifSession.ptz("GetServiceCapabilities"));
            transport.call(ptz, OnvifSession.ptz("GetConfigurations"));
            transport.call(ptz, OnvifSession.ptz("GetNode", OnvifSession.ptz("NodeToken", "node_1")));
            transport.call(
                    ptz, OnvifSession.ptz("GetConfiguration", OnvifSession.ptz("PTZConfigurationToken", "ptz_1")));
            transport.call(ptz, OnvifSession.ptz("GotoHomePosition", OnvifSession.ptz("ProfileToken", "profile_1")));
        }
    }

    private static void askMedia(CameraEndpoint endpoint, OnvifFeatures features) throws PtzException {
        try (var transport = new OnvifTransport(endpoint, InstantSource.system())) {
            for (Media version : features.media()) {
                String namespace = version == Media.VERSION_1 ? OnvifNames.MEDIA : OnvifNames.MEDIA2;
                String path = version == Media.VERSION_1 ? "/onvif/media_service" : "/onvif/media2_service";
                for (XmlElement request : version == Media.VERSION_1 ? ofMedia() : ofMedia2()) {
                    transport.call(path, request);
                }
                transport.call(path, XmlElement.of(namespace, "GetServiceCapabilities"));
                transport.call(path, XmlElement.of(namespace, "GetVideoSourceConfigurations"));
            }
        }
    }

    private static List<XmlElement> ofMedia() {
        var profile = XmlElement.ofText(OnvifNames.MEDIA, "ProfileToken", "profile_1");
        var setup = XmlElement.of(
                OnvifNames.MEDIA,
                "StreamSetup",
                OnvifNames.tt("Stream", "RTP-Unicast"),
                OnvifNames.tt("Transport", OnvifNames.tt("Protocol", "RTSP")));
        return List.of(
                XmlElement.of(OnvifNames.MEDIA, "GetVideoSources"),
                XmlElement.of(OnvifNames.MEDIA, "GetProfiles"),
                XmlElement.of(OnvifNames.MEDIA, "GetProfile", profile),
                XmlElement.of(OnvifNames.MEDIA, "GetStreamUri", setup, profile));
    }

    private static List<XmlElement> ofMedia2() {
        return List.of(
                XmlElement.of(OnvifNames.MEDIA2, "GetProfiles", XmlElement.ofText(OnvifNames.MEDIA2, "Type", "All")),
                XmlElement.of(
                        OnvifNames.MEDIA2,
                        "GetStreamUri",
                        XmlElement.ofText(OnvifNames.MEDIA2, "Protocol", "RTSP"),
                        XmlElement.ofText(OnvifNames.MEDIA2, "ProfileToken", "profile_1")));
    }
}
