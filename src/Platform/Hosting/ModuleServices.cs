using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Platform.Data;
using Platform.Modules;
using Platform.Streams;

namespace Platform.Hosting;

/// <summary>What one module brings: its database, handlers, validators, sweeps and health.</summary>
internal static class ModuleServices
{
    public static void AddModule(this IServiceCollection services, ModuleDefinition module)
    {
        if (module.DatabaseContext is not null)
        {
            module.AddDatabase!(
                services,
                (provider, options) => ModuleDatabase.Configure(provider, options, module)
            );
            services.AddSingleton<IStreamSource>(provider => new OutboxSource(
                module,
                provider.GetRequiredService<IServiceScopeFactory>(),
                provider.GetRequiredService<StreamTails>().Of(module.Stream)
            ));
        }
        foreach (var sweep in module.Sweeps)
            services.AddScoped(sweep);
        if (module.DemoData is not null)
            services.AddScoped(module.DemoData);
        if (module.Figures is not null)
            services.AddScoped(module.Figures);
        services.Scan(scan =>
            scan.FromAssemblies(module.Assembly)
                .AddClasses(classes => classes.AssignableTo(typeof(IRequestHandler<,>)), publicOnly: false)
                .As(type => ClosedFormsOf(typeof(IRequestHandler<,>), type))
                .WithTransientLifetime()
                .AddClasses(classes => classes.AssignableTo(typeof(IValidator<>)), publicOnly: false)
                .As(type => ClosedFormsOf(typeof(IValidator<>), type))
                .WithSingletonLifetime()
        );
        services
            .AddHealthChecks()
            .Add(
                new(
                    module.Name,
                    provider => ActivatorUtilities.CreateInstance<ModuleHealth>(provider, module),
                    failureStatus: null,
                    tags: ["ready", "module"]
                )
            );
    }

    private static IEnumerable<Type> ClosedFormsOf(Type open, Type type) =>
        type.GetInterfaces().Where(form => form.IsGenericType && form.GetGenericTypeDefinition() == open);
}
