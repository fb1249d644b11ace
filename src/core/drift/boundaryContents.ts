/**
 * The boundaries that are known by what a line says, beside the table of paths in `boundaries.ts`. A line proves less than
 * a path, so it is a warning: whoever reviews looks there first. Expressions are linear, and as narrow as a call or a key.
 */
import type { Boundary } from '../brief/brief';
import { anyForm } from './anyForm';

interface LineGroup {
  /** What these lines do, so that a reader can judge an addition. */
  readonly note: string;
  readonly lines: readonly RegExp[];
}

export type ContentBoundary = Extract<Boundary, 'auth' | 'billing' | 'security' | 'schema' | 'license'>;

export const CONTENT_TABLE: Readonly<Record<ContentBoundary, readonly LineGroup[]>> = {
  auth: [
    {
      note: 'checks of passwords and tokens',
      lines: [
        /\b(?:jwt|jsonwebtoken|jose)\.(?:sign|verify|decode|encode)\(/,
        /\bbcrypt(?:js)?\.(?:compare|hash|checkpw|hashpw)(?:Sync)?\(/,
        /\bargon2\.(?:hash|verify)\(/,
        /\b(?:verify_password|check_password|password_verify|check_password_hash|CheckPasswordHash)\(/,
        /\bpassport\.(?:use|authenticate)\(/,
      ],
    },
    {
      note: 'who may call what',
      lines: [
        /@(?:PreAuthorize|PostAuthorize|RolesAllowed|PermitAll|DenyAll|Secured)\b/,
        /\[(?:Authorize|AllowAnonymous)(?:\(|\])/,
        /@(?:login_required|permission_required|user_passes_test)\b/,
        /\b(?:skip_)?before_action :authenticate/,
        /\.(?:permitAll|hasRole|hasAuthority)\(/,
        /\bpermission_classes\s*=/,
      ],
    },
  ],
  billing: [
    {
      note: 'calls that move money',
      lines: [
        /\bstripe\.(?:charges|paymentIntents|subscriptions|refunds|invoices|transfers|payouts|checkout|prices)\b/,
        /\bstripe\.(?:Charge|PaymentIntent|Subscription|Refund|Invoice|Transfer|Payout)\b/,
        /\bStripe::(?:Charge|PaymentIntent|Subscription|Refund|Invoice|Transfer|Payout)\b/,
        /\b(?:gateway|braintree)\.transaction\.(?:sale|refund|void)\(/,
      ],
    },
  ],
  security: [
    {
      note: 'checks of certificates that are switched off',
      lines: [
        /\brejectUnauthorized['"]?\s*:\s*false\b/,
        /\bNODE_TLS_REJECT_UNAUTHORIZED\b/,
        /\bInsecureSkipVerify\s*:\s*true\b/,
        /\bverify\s*=\s*False\b/,
        /\bssl\._create_unverified_context\b/,
        /\bCURLOPT_SSL_VERIFY(?:PEER|HOST)\b/,
        /\bVERIFY_NONE\b/,
        /\bdanger_accept_invalid_certs\(\s*true\b/,
        /\bStrictHostKeyChecking[= ]+no\b/,
        /\bServerCertificateCustomValidationCallback\b/,
      ],
    },
    {
      note: 'doors that are left open to other sites',
      lines: [
        /\bAccess-Control-Allow-Origin['"]?\s*[,:]\s*['"]\*/i,
        /@csrf_exempt\b/,
        /\bskip_(?:before_action :verify_authenticity_token|forgery_protection)\b/,
        /\bcsrf\(\)\.disable\(\)/,
        /\bdangerouslySetInnerHTML\b/,
      ],
    },
  ],
  schema: [
    {
      note: 'statements that change stored data’s shape',
      lines: [
        /\b(?:CREATE|ALTER|DROP|TRUNCATE) (?:TEMPORARY |TEMP )?TABLE\b/i,
        /\bop\.(?:add_column|drop_column|alter_column|create_table|drop_table|execute)\(/,
        /\b(?:create_table|drop_table|add_column|remove_column|change_column|rename_column) :/,
        /\bknex\.schema\.\w+\(/,
        /\bqueryInterface\.(?:addColumn|removeColumn|changeColumn|createTable|dropTable)\(/,
        /\bmigrationBuilder\.(?:AddColumn|DropColumn|CreateTable|DropTable|AlterColumn|Sql)\b/,
        /\bSchema::(?:create|table|drop|dropIfExists)\(/,
      ],
    },
  ],
  license: [
    { note: 'under which terms it may be used', lines: [/^\s*"license"\s*:/, /^\s*license(?:-file)?\s*=\s*["{]/] },
  ],
};

/** Nearly every line is told to belong to none by one look. */
const isInTable = anyForm(Object.values(CONTENT_TABLE).flatMap((groups) => groups.flatMap(({ lines }) => lines)));

/** The boundaries of the table that a line belongs to. */
export function boundariesOfLine(text: string): readonly ContentBoundary[] {
  if (!isInTable(text)) return [];
  return (Object.keys(CONTENT_TABLE) as ContentBoundary[]).filter((name) =>
    CONTENT_TABLE[name].some(({ lines }) => lines.some((line) => line.test(text))),
  );
}
