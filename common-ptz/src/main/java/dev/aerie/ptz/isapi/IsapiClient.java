package dev.aerie.ptz.isapi;

import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzException.Reason;
import dev.aerie.ptz.http.CameraEndpoint;
import dev.aerie.ptz.http.CameraHttp;
import dev.aerie.ptz.http.HttpAnswer;
import dev.aerie.ptz.http.HttpCall;
import dev.aerie.ptz.http.RefusalPause;
import dev.aerie.ptz.xml.MalformedXmlException;
import dev.aerie.ptz.xml.XmlElement;
import dev.aerie.ptz.xml.XmlText;
import java.net.URI;

/// Requests below `/ISAPI/PTZCtrl/channels/{n}` of one camera, and what its answers mean.
final class IsapiClient implements AutoCloseable {

    private static final int DEVICE_BUSY = 2;

    private final CameraEndpoint camera;
    private final int channel;
    private final CameraHttp http;
    private final RefusalPause pause = new RefusalPause(System::nanoTime);

    IsapiClient(CameraEndpoint camera, int channel) {
        this.camera = camera;
        this.channel = channel;
        this.http = new CameraHttp(camera);
    }

    /// The document at this path; throws [Reason#UNSUPPORTED] where the camera has none there.
    XmlElement get(String path) throws PtzException {
        String title = "GET " + path;
        return parsed(title, send(title, HttpCall.get(uri(path))));
    }

    /// Throws unless the camera says that it has done it.
    ///
    /// - `body`: empty for none
    void put(String path, String body) throws PtzException {
        String type = body.isEmpty() ? "" : IsapiXml.TYPE;
        send("PUT " + path, new HttpCall("PUT", uri(path), type, body, true));
    }

    void delete(String path) throws PtzException {
        send("DELETE " + path, new HttpCall("DELETE", uri(path), "", "", true));
    }

    @Override
    public void close() {
        http.close();
    }

    PtzException failed(Reason reason, String what) {
        return new PtzException(reason, "camera " + camera.name() + ": " + what);
    }

    private URI uri(String path) {
        return camera.url().resolve("/ISAPI/PTZCtrl/channels/" + channel + path);
    }

    private HttpAnswer send(String title, HttpCall call) throws PtzException {
        pause.check(camera.name());
        var answer = http.send(call);
        if (answer.status() == 401) {
            pause.set(camera.credentials().isPresent());
            throw failed(
                    Reason.UNAUTHORIZED,
                    title + ": 401: "
                            + (camera.credentials().isPresent()
                                    ? "it refused the credentials"
                                    : "it asks for credentials, and username_env and password_env name none"));
        }
        pause.set(false);
        if (!answer.isSuccess()) {
            throw refused(title, answer);
        }
        return answer;
    }

    private XmlElement parsed(String title, HttpAnswer answer) throws PtzException {
        try {
            return XmlText.parse(answer.body());
        } catch (MalformedXmlException e) {
            throw new PtzException(
                    Reason.MALFORMED_ANSWER, "camera " + camera.name() + ": " + title + ": " + e.getMessage(), e);
        }
    }

    /// By the status line, and by ISAPI's `ResponseStatus` where one came with it.
    private PtzException refused(String title, HttpAnswer answer) {
        String sub = "";
        double code = 0;
        try {
            var status = XmlText.parse(answer.body());
            sub = status.textAt("subStatusCode").orElse("");
            code = status.find("statusCode").isPresent() ? status.numberAt("statusCode") : 0;
        } catch (MalformedXmlException _) {
            // the status line says enough
        }
        String shown = sub.matches("[A-Za-z0-9]{1,60}") ? " " + sub : "";
        return failed(reason(answer.status(), (int) code, sub), title + ": " + answer.status() + shown);
    }

    private static Reason reason(int status, int code, String sub) {
        return switch (status) {
            case 404, 405, 501 -> Reason.UNSUPPORTED;
            case 429, 502, 503, 504 -> Reason.BUSY;
            default ->
                switch (sub) {
                    case "notSupport", "methodNotAllowed" -> Reason.UNSUPPORTED;
                    case "lowPrivilege", "badAuthorization" -> Reason.UNAUTHORIZED;
                    case "deviceBusy" -> Reason.BUSY;
                    default -> code == DEVICE_BUSY ? Reason.BUSY : Reason.REFUSED;
                };
        };
    }
}
