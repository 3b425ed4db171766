using System.Text.Json;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Monitor;

namespace Vireo.Drivers.Qemu.Agent;

static class AgentErrors
{
    internal static VireoException Unresponsive() => new(ErrorCode.AgentUnresponsive, ErrorDomain.Qemu, "Guest agent not available for now");

    internal static VireoException NotConnected() => new(ErrorCode.AgentUnresponsive, ErrorDomain.Qemu, "QEMU guest agent is not connected");

    internal static VireoException Broken(Exception? why = null) =>
        new(ErrorCode.AgentUnresponsive, ErrorDomain.Qemu, "QEMU guest agent is not available due to an error", why);

    internal static VireoException TooSlow() => new(ErrorCode.AgentUnresponsive, ErrorDomain.Qemu, "Guest agent did not answer in time");

    internal static VireoException Gone() => new(ErrorCode.AgentUnresponsive, ErrorDomain.Qemu, "Guest agent disappeared while executing command");

    internal static VireoException Refused(string command, JsonElement answer)
    {
        if (answer.Member("error") is not { } error)
            return VireoException.Internal(ErrorDomain.Qemu, $"unexpected answer of the guest agent to '{command}'");
        string reason = error.Text("class") is "CommandNotFound" or "CommandDisabled" && error.Text("desc") is { } known ? known
            : error.Text("desc") ?? (error.ValueKind is JsonValueKind.String ? error.GetString()! : "unknown QEMU command error");
        ErrorCode code = error.Text("class") is "CommandNotFound" or "CommandDisabled" ? ErrorCode.OperationUnsupported : ErrorCode.InternalError;
        return new VireoException(code, ErrorDomain.Qemu, $"unable to execute QEMU agent command '{command}': {reason}");
    }
}
