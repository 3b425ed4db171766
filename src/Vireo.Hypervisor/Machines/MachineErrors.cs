using Vireo.Core;
using Vireo.Core.Errors;

namespace Vireo.Hypervisor.Machines;

/// <summary>What a caller meets at the list of machines, in libvirt's codes and words.</summary>
public static class MachineErrors
{
    /// <summary>The machine that a ref names is not there.</summary>
    public static VireoException NoUuid(ErrorDomain driver, Uuid uuid, string? name = null) =>
        new(ErrorCode.NoDomain, driver, name is null
            ? $"no domain with matching uuid '{uuid}'"
            : $"no domain with matching uuid '{uuid}' ({name})");

    /// <summary>Nothing has that name.</summary>
    public static VireoException NoName(ErrorDomain driver, string name) =>
        new(ErrorCode.NoDomain, driver, $"no domain with matching name '{name}'");

    /// <summary>Nothing runs with that id.</summary>
    public static VireoException NoId(ErrorDomain driver, int id) =>
        new(ErrorCode.NoDomain, driver, $"no domain with matching id {id}");

    /// <summary>It needs to run for that.</summary>
    public static VireoException NotRunning(ErrorDomain origin = ErrorDomain.Domain) =>
        VireoException.OperationInvalid(origin, "domain is not running");

    /// <summary>It runs already.</summary>
    public static VireoException AlreadyRunning(ErrorDomain driver) =>
        VireoException.OperationInvalid(driver, "domain is already running");

    internal static VireoException Gone(ErrorDomain driver, MachineSnapshot last) => NoUuid(driver, last.Uuid, last.Name);

    internal static VireoException UuidTaken(MachineSnapshot by) =>
        new(ErrorCode.OperationFailed, ErrorDomain.Domain, $"domain '{by.Name}' is already defined with uuid {by.Uuid}");

    internal static VireoException NameTaken(MachineSnapshot by) =>
        new(ErrorCode.OperationFailed, ErrorDomain.Domain, $"domain '{by.Name}' already exists with uuid {by.Uuid}");

    internal static VireoException AlreadyActive(string name) =>
        VireoException.OperationInvalid(ErrorDomain.Domain, $"domain '{name}' is already active");

    internal static VireoException RenameToItself() =>
        VireoException.OperationInvalid(ErrorDomain.Domain, "Can't rename domain to itself");

    internal static VireoException RenameTaken(string name) =>
        VireoException.OperationInvalid(ErrorDomain.Domain, $"domain with name '{name}' already exists");
}
