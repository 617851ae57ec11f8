package dev.aerie.ptz.settings;

import dev.aerie.ptz.handoff.AppearanceEvidence;
import java.util.Map;

/// Reads everything that a file says, so that what is wrong is found before a camera is asked.
public final class SettingsCheck {

    private static final double ANY_ASPECT = 1;

    private SettingsCheck() {}

    /// Throws [dev.aerie.settings.InvalidSettingException] with one line that says what is wrong: in a section, with a
    /// personality, or with a variable that credentials are to be in.
    ///
    /// - `environment`: the variables that hold credentials
    public static void check(SiteSettings site, Map<String, String> environment) {
        for (CameraSettings camera : site.cameras()) {
            AimReader.read(site, camera);
            ControlReader.read(site, camera);
            switch (camera.driver()) {
                case SIMULATED -> Cameras.simulated(camera);
                case ISAPI, ONVIF -> camera.connection().ifPresent(one -> one.credentials(camera.name(), environment));
            }
        }
        SiteReader.read(site, ANY_ASPECT);
        HandoffReader.read(site, AppearanceEvidence.DEFAULT);
    }
}
