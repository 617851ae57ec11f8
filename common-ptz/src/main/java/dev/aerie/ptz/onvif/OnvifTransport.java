package dev.aerie.ptz.onvif;

import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzException.Reason;
import dev.aerie.ptz.http.CameraEndpoint;
import dev.aerie.ptz.http.CameraHttp;
import dev.aerie.ptz.http.HttpAnswer;
import dev.aerie.ptz.http.HttpCall;
import dev.aerie.ptz.http.RefusalPause;
import dev.aerie.ptz.soap.OnvifNames;
import dev.aerie.ptz.soap.SoapEnvelope;
import dev.aerie.ptz.soap.SoapFault;
import dev.aerie.ptz.soap.UsernameToken;
import dev.aerie.ptz.xml.MalformedXmlException;
import dev.aerie.ptz.xml.XmlElement;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// SOAP with one camera. Asks without credentials first, answers an HTTP Digest challenge, and where the camera refuses
/// without one or still, sends the user name token of WS-Security, dated by the camera's clock.
///
/// Used by one thread.
final class OnvifTransport implements AutoCloseable {

    private static final int NONCE_BYTES = 16;
    private static final Set<String> NOT_REPEATABLE = Set.of("RelativeMove", "SetPreset");

    private final CameraEndpoint camera;
    private final CameraHttp http;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final RefusalPause pause = new RefusalPause(System::nanoTime);

    /// Whether messages carry a token; else HTTP's own authentication holds, or none.
    private boolean withToken;

    /// The camera's clock less ours.
    private Duration clockOffset = Duration.ZERO;

    OnvifTransport(CameraEndpoint camera, InstantSource clock) {
        this.camera = camera;
        this.clock = clock;
        this.http = new CameraHttp(camera);
    }

    /// The element of the answer's body.
    ///
    /// - `service`: path of the service; host and port are always those of the settings, for cameras behind another
    ///   address report their own, and credentials go nowhere else
    XmlElement call(String service, XmlElement request) throws PtzException {
        pause.check(camera.name());
        var answer = attempt(service, request, withToken);
        if (answer.isRefused() && camera.credentials().isPresent()) {
            clockOffset = OnvifClock.offset(this, service(""), clock);
            answer = attempt(service, request, true);
            withToken = !answer.isRefused();
        }
        if (answer.isRefused()) {
            pause.set(camera.credentials().isPresent());
            throw failed(
                    Reason.UNAUTHORIZED,
                    request.name() + ": "
                            + (camera.credentials().isPresent()
                                    ? "it refused the credentials"
                                    : "it asks for credentials, and username_env and password_env name none"));
        }
        pause.set(false);
        return answer.body(request.name());
    }

    /// The same without credentials: for what a camera answers to anybody.
    XmlElement callOpenly(String service, XmlElement request) throws PtzException {
        return attempt(service, request, false).body(request.name());
    }

    /// The device service: the path of the settings' URL where it has one.
    String service(String path) {
        String given = camera.url().getRawPath();
        boolean none = given == null || given.length() <= 1;
        return path.isEmpty() ? (none ? "/onvif/device_service" : given) : path;
    }

    PtzException failed(Reason reason, String what) {
        return new PtzException(reason, "camera " + camera.name() + ": " + what);
    }

    @Override
    public void close() {
        http.close();
    }

    private Attempt attempt(String service, XmlElement request, boolean token) throws PtzException {
        var headers = token ? List.of(token().toHeader()) : List.<XmlElement>of();
        if (token) {
            http.forgetChallenge();
        }
        String type = SoapEnvelope.TYPE + "; action=\"" + request.namespace() + "/" + request.name() + "\"";
        var call = new HttpCall(
                "POST",
                camera.url().resolve(service),
                type,
                new SoapEnvelope(headers, request).write(),
                !NOT_REPEATABLE.contains(request.name()));
        return new Attempt(http.send(call));
    }

    private UsernameToken token() {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return UsernameToken.of(
                camera.credentials().orElseThrow(), nonce, clock.instant().plus(clockOffset));
    }

    /// One answer, read.
    private final class Attempt {

        private final HttpAnswer answer;

        Attempt(HttpAnswer answer) {
            this.answer = answer;
        }

        /// Whether other credentials may help.
        boolean isRefused() {
            if (answer.isSuccess()) {
                return false;
            }
            try {
                SoapEnvelope.parse(answer.body());
                return answer.status() == 401;
            } catch (SoapFault fault) {
                return answer.status() == 401 || fault.isNotAuthorized();
            } catch (MalformedXmlException _) {
                return answer.status() == 401 || answer.status() == 403;
            }
        }

        /// The body's element; throws what the camera complained of.
        XmlElement body(String request) throws PtzException {
            try {
                var body = SoapEnvelope.parse(answer.body()).body();
                if (!answer.isSuccess() || !body.isNamed(request + "Response")) {
                    throw failed(
                            Reason.MALFORMED_ANSWER,
                            request + ": " + answer.status() + " " + body.name() + " is no answer to it");
                }
                return body;
            } catch (SoapFault fault) {
                throw failed(reason(fault), request + ": " + answer.status() + " " + fault.codes());
            } catch (MalformedXmlException e) {
                Reason reason = reason(answer.status());
                String why = reason == Reason.MALFORMED_ANSWER ? ": " + e.getMessage() : "";
                throw failed(reason, request + ": " + answer.status() + why);
            }
        }

        private Reason reason(int status) {
            return switch (status) {
                case 401, 403 -> Reason.UNAUTHORIZED;
                case 404, 405, 501 -> Reason.UNSUPPORTED;
                case 429, 502, 503, 504 -> Reason.BUSY;
                default -> Reason.MALFORMED_ANSWER;
            };
        }

        private Reason reason(SoapFault fault) {
            if (fault.isNotAuthorized()) {
                return Reason.UNAUTHORIZED;
            }
            if (fault.is("ActionNotSupported")
                    || fault.is("OptionalActionNotImplemented")
                    || fault.is("SpaceNotSupported")
                    || fault.is("NoStatus")) {
                return Reason.UNSUPPORTED;
            }
            return fault.is("MovingPTZ") || answer.status() == 503 ? Reason.BUSY : Reason.REFUSED;
        }
    }

    /// An empty request of the device service.
    static XmlElement device(String name, XmlElement... children) {
        return XmlElement.of(OnvifNames.DEVICE, name, children);
    }
}
