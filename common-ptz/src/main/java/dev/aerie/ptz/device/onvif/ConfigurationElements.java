package dev.aerie.ptz.device.onvif;

import static dev.aerie.ptz.soap.OnvifNames.tt;

import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzCapabilities.Move;
import dev.aerie.ptz.soap.OnvifNames;
import dev.aerie.ptz.soap.SpaceUri;
import dev.aerie.ptz.xml.XmlElement;
import java.util.ArrayList;

/// The device's only PTZ configuration, its motors and its video source, in the elements of the common schema.
record ConfigurationElements(PtzCapabilities can, OnvifFeatures features) {

    static final String PROFILE = "profile_1";
    static final String CONFIGURATION = "ptz_1";
    static final String NODE = "node_1";
    static final String SOURCE = "source_1";

    /// What a move at a speed may last.
    static final String SHORTEST_MOVE = "PT0.1S";

    static final String LONGEST_MOVE = "PT60S";

    private static final String DEFAULT_MOVE = "PT5S";
    private static final String ENCODER = "encoder_1";
    private static final String FRAME_RATE = "25";
    private static final String BIT_RATE = "4096";
    private static final String WIDTH = "1920";
    private static final String HEIGHT = "1080";

    /// `tt:PTZConfiguration` under another name.
    XmlElement configuration(String namespace, String name) {
        boolean zooms = can.zoom().max() > can.zoom().min();
        var parts = new ArrayList<XmlElement>();
        parts.add(tt("Name", features.name()));
        parts.add(tt("UseCount", "1"));
        parts.add(tt("NodeToken", NODE));
        if (can.can(Move.ABSOLUTE)) {
            parts.add(tt("DefaultAbsolutePantTiltPositionSpace", positionSpace()));
            addIf(zooms, parts, tt("DefaultAbsoluteZoomPositionSpace", SpaceUri.ZOOM_POSITION));
        }
        if (can.can(Move.RELATIVE)) {
            parts.add(tt("DefaultRelativePanTiltTranslationSpace", SpaceUri.TRANSLATION));
            addIf(zooms, parts, tt("DefaultRelativeZoomTranslationSpace", SpaceUri.ZOOM_TRANSLATION));
        }
        parts.add(tt("DefaultContinuousPanTiltVelocitySpace", SpaceUri.VELOCITY));
        addIf(zooms, parts, tt("DefaultContinuousZoomVelocitySpace", SpaceUri.ZOOM_VELOCITY));
        parts.add(tt("DefaultPTZTimeout", DEFAULT_MOVE));
        return XmlElement.of(namespace, name)
                .withAttribute("token", CONFIGURATION)
                .with(parts);
    }

    XmlElement options() {
        return XmlElement.of(
                OnvifNames.PTZ,
                "PTZConfigurationOptions",
                new SpaceElements(can, features).spaces("Spaces"),
                tt("PTZTimeout", tt("Min", SHORTEST_MOVE), tt("Max", LONGEST_MOVE)));
    }

    XmlElement node() {
        return XmlElement.of(OnvifNames.PTZ, "PTZNode")
                .withAttribute("token", NODE)
                .withAttribute("FixedHomePosition", "true")
                .with(
                        tt("Name", features.name()),
                        new SpaceElements(can, features).spaces("SupportedPTZSpaces"),
                        tt("MaximumNumberOfPresets", Integer.toString(can.maxPresets())),
                        tt("HomeSupported", "true"));
    }

    /// `tt:VideoSourceConfiguration` under another name.
    XmlElement videoSource(String name) {
        return tt(name).withAttribute("token", "video_1")
                .with(
                        tt("Name", features.name()),
                        tt("UseCount", "1"),
                        tt("SourceToken", SOURCE),
                        tt("Bounds")
                                .withAttribute("x", "0")
                                .withAttribute("y", "0")
                                .withAttribute("width", WIDTH)
                                .withAttribute("height", HEIGHT));
    }

    /// `tt:VideoEncoderConfiguration`: clients expect one in a profile, whatever they want of it.
    XmlElement videoEncoder() {
        return tt("VideoEncoderConfiguration")
                .withAttribute("token", ENCODER)
                .with(
                        tt("Name", features.name()),
                        tt("UseCount", "1"),
                        tt("Encoding", "H264"),
                        resolution(),
                        tt("Quality", "1"),
                        tt(
                                "RateControl",
                                tt("FrameRateLimit", FRAME_RATE),
                                tt("EncodingInterval", "1"),
                                tt("BitrateLimit", BIT_RATE)),
                        tt("H264", tt("GovLength", FRAME_RATE), tt("H264Profile", "Main")),
                        tt(
                                "Multicast",
                                tt("Address", tt("Type", "IPv4"), tt("IPv4Address", "0.0.0.0")),
                                tt("Port", "0"),
                                tt("TTL", "1"),
                                tt("AutoStart", "false")),
                        tt("SessionTimeout", "PT60S"));
    }

    /// `tt:VideoEncoder2Configuration` as a profile of the newer media service has it.
    XmlElement videoEncoder2() {
        return XmlElement.of(OnvifNames.MEDIA2, "VideoEncoder")
                .withAttribute("token", ENCODER)
                .with(
                        tt("Name", features.name()),
                        tt("UseCount", "1"),
                        tt("Encoding", "H264"),
                        resolution(),
                        tt("RateControl", tt("FrameRateLimit", FRAME_RATE), tt("BitrateLimit", BIT_RATE)),
                        tt("Quality", "1"));
    }

    static XmlElement resolution() {
        return tt("Resolution", tt("Width", WIDTH), tt("Height", HEIGHT));
    }

    /// The space in which positions are told and reported by default.
    String positionSpace() {
        return features.degrees() ? SpaceUri.POSITION_DEGREES : SpaceUri.POSITION;
    }

    private static void addIf(boolean wanted, ArrayList<XmlElement> parts, XmlElement part) {
        if (wanted) {
            parts.add(part);
        }
    }
}
