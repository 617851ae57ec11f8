package dev.aerie.ptz.soap;

/// The coordinate spaces that we know (ONVIF PTZ Service Specification, 5.8 and annex).
///
/// Generic ones are the whole range of an axis, normalized; those in degrees grow to the right and upwards, as ours do.
public final class SpaceUri {

    private static final String PAN_TILT = "http://www.onvif.org/ver10/tptz/PanTiltSpaces/";
    private static final String ZOOM = "http://www.onvif.org/ver10/tptz/ZoomSpaces/";

    public static final String POSITION = PAN_TILT + "PositionGenericSpace";
    public static final String POSITION_DEGREES = PAN_TILT + "SphericalPositionSpaceDegrees";
    public static final String TRANSLATION = PAN_TILT + "TranslationGenericSpace";
    public static final String TRANSLATION_DEGREES = PAN_TILT + "SphericalTranslationSpaceDegrees";
    public static final String TRANSLATION_FIELD_OF_VIEW = PAN_TILT + "TranslationSpaceFov";
    public static final String VELOCITY = PAN_TILT + "VelocityGenericSpace";
    public static final String VELOCITY_DEGREES = PAN_TILT + "VelocitySpaceDegrees";
    public static final String SPEED = PAN_TILT + "GenericSpeedSpace";
    public static final String ZOOM_POSITION = ZOOM + "PositionGenericSpace";
    public static final String ZOOM_TRANSLATION = ZOOM + "TranslationGenericSpace";
    public static final String ZOOM_VELOCITY = ZOOM + "VelocityGenericSpace";
    public static final String ZOOM_SPEED = ZOOM + "ZoomGenericSpeedSpace";

    private SpaceUri() {}
}
