import type { ThemeConfig } from 'antd';

/** One accent, a deep ink blue; everything else is grey, and colour otherwise means a verdict. */
export const ACCENT = '#1b4b86';

export const theme: ThemeConfig = {
  token: {
    colorPrimary: ACCENT,
    colorInfo: ACCENT,
    colorLink: ACCENT,
    colorError: '#b3261e',
    colorWarning: '#8a5a00',
    colorSuccess: '#1f6b3a',
    colorText: '#1d2430',
    colorTextSecondary: '#4d5766',
    colorTextTertiary: '#5c6675',
    colorTextPlaceholder: '#636c7a',
    // What cannot be changed must still be readable.
    colorTextDisabled: '#5c6675',
    colorTextDescription: '#4d5766',
    colorBorder: '#b9c1cc',
    colorBorderSecondary: '#dfe4ea',
    colorBgLayout: '#f4f6f8',
    borderRadius: 4,
    fontSize: 15,
    controlHeight: 36,
    fontFamily:
      "'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif",
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
  },
  components: {
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
    Segmented: { trackBg: '#e3e8ef', itemSelectedColor: ACCENT },
    Input: { activeShadow: '0 0 0 2px rgba(27, 75, 134, 0.18)' },
  },
};
