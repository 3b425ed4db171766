using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>A walk through what can be done, beside a model of what must be true then.</summary>
static class ModelWalk
{
    /// <summary>Goes on with the steps, and checks after each. Who fails says what was done before.</summary>
    internal static async Task RunAsync(int steps, Func<Task> step, Func<Task> check, Func<string> log)
    {
        try
        {
            for (int i = 0; i < steps; i++)
            {
                await step();
                await check();
            }
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{e.Message}\nafter\n{log()}", e);
        }
        TestContext.Current.TestOutputHelper?.WriteLine(log());
    }
}
