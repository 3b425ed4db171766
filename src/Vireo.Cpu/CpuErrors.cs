using Vireo.Core.Errors;

namespace Vireo.Cpu;

/// <summary>What the operations on CPUs complain about, in libvirt's words.</summary>
static class CpuErrors
{
    public static VireoException UnknownModel(string? name) =>
        VireoException.Internal(ErrorDomain.Cpu, $"Unknown CPU model {name}");

    public static VireoException UnknownFeature(string name) =>
        VireoException.Internal(ErrorDomain.Cpu, $"Unknown CPU feature {name}");

    public static VireoException NoSuchFeature(string name) =>
        new(ErrorCode.ConfigUnsupported, ErrorDomain.Cpu, $"unknown CPU feature: {name}");

    public static VireoException UnknownVendor(string name) =>
        VireoException.Internal(ErrorDomain.Cpu, $"Unknown CPU vendor {name}");

    public static VireoException UnknownVendorOfMany(string name) => new(ErrorCode.OperationFailed, ErrorDomain.Cpu, $"Unknown CPU vendor {name}");

    public static VireoException NoModelFits() =>
        VireoException.Internal(ErrorDomain.Cpu, "Cannot find suitable CPU model for given data");

    public static VireoException NotSupported(string? model) =>
        new(ErrorCode.ConfigUnsupported, ErrorDomain.Cpu, $"CPU model {model} is not supported by hypervisor");

    public static VireoException FeaturesNotSupported(string model, IEnumerable<string> features) => new(
        ErrorCode.ConfigUnsupported, ErrorDomain.Cpu,
        $"CPU model {model} is not supported by hypervisor, and its nearest models need features that are not supported either: {string.Join(", ", features)}");

    public static VireoException Incompatible(string why) => new(ErrorCode.CpuIncompatible, ErrorDomain.Cpu, why);

    public static VireoException UnknownHost() =>
        new(ErrorCode.ConfigUnsupported, ErrorDomain.Cpu, "unknown host CPU model");

    public static VireoException NothingInCommon() =>
        new(ErrorCode.OperationFailed, ErrorDomain.Cpu, "CPUs are incompatible");

    public static VireoException VendorsDiffer() =>
        new(ErrorCode.OperationFailed, ErrorDomain.Cpu, "CPU vendors do not match");

    public static VireoException VendorOfModelDiffers(string ofModel, string model, string vendor) =>
        new(ErrorCode.OperationFailed, ErrorDomain.Cpu, $"CPU vendor {ofModel} of model {model} differs from vendor {vendor}");

    public static VireoException NotAsSpecified(string what) =>
        new(ErrorCode.OperationFailed, ErrorDomain.Cpu, $"guest CPU doesn't match specification: {what}");
}
