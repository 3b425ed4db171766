using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Remote.Access;

/// <summary>An object that a right is asked on.</summary>
/// <param name="Subject">The object as its driver knows it; of one that is not there, what is certain about it.</param>
/// <param name="Missing">It is not there, and this is what the driver said: what a caller hears who has no right to such an object.</param>
readonly record struct Found(AccessSubject Subject, VireoException? Missing = null);
