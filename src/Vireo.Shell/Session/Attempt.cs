using Vireo.Core.Errors;
using Vireo.Shell.Parsing;

namespace Vireo.Shell.Session;

/// <summary>Puts our words before the library's when a call fails.</summary>
static class Attempt
{
    public static async ValueTask To(string complaint, Func<ValueTask> call)
    {
        try
        {
            await call();
        }
        catch (VireoException failure)
        {
            throw new CommandFailure(complaint, failure);
        }
    }

    public static async ValueTask<T> To<T>(string complaint, Func<ValueTask<T>> call)
    {
        try
        {
            return await call();
        }
        catch (VireoException failure)
        {
            throw new CommandFailure(complaint, failure);
        }
    }

    /// <summary>Null where a driver cannot.</summary>
    public static async ValueTask<T?> IfSupported<T>(Func<ValueTask<T>> call) where T : struct
    {
        try
        {
            return await call();
        }
        catch (VireoException failure) when (failure.Code is ErrorCode.NoSupport)
        {
            return null;
        }
    }
}
