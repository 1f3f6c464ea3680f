"""What the libraries trip over while signing, as our faults: whose certificate, which service, what to do."""

from collections.abc import Callable, Iterator

from pyhanko.sign.general import SigningError
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko_certvalidator import errors

from voting.minutes.sign import Unproven
from voting.signing.faults import CannotSign

_CODES: tuple[tuple[type[BaseException], str], ...] = (
    (errors.RevokedError, "revoked"),
    (errors.ExpiredError, "path_expired"),
    (errors.NotYetValidError, "path_expired"),
    (errors.InsufficientRevinfoError, "no_revocation"),
    (errors.PathBuildingError, "foreign"),
    (errors.InvalidCertificateError, "bad_use"),
    (errors.PathValidationError, "foreign"),
)


def explained(work: Callable[[], bytes]) -> bytes:
    """The work's result, or ``CannotSign`` for what certificates and services are known to fail by."""
    try:
        return work()
    except (SigningError, Unproven, TimestampRequestError, errors.PathError, errors.ValidationError) as error:
        raise _fault(error) from error
    except Exception as error:
        if not type(error).__module__.startswith("pkcs11"):  # a package that need not be there
            raise
        raise CannotSign("card", detail=type(error).__name__) from error


def _fault(error: BaseException) -> CannotSign:
    chain = list(_causes(error))
    if any(isinstance(cause, TimestampRequestError) for cause in chain):
        return CannotSign("tsa_refused" if len(chain) == 1 else "tsa_silent")
    code = next((code for cause in chain for kind, code in _CODES if isinstance(cause, kind)), None)
    if code is None:
        return CannotSign("library", detail=str(error))
    whose = "signer" if isinstance(error, SigningError | Unproven) else "tsa"
    return CannotSign(f"{code}.{whose}")


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__
